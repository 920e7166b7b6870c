from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.plan import Wishes

# Contexts in which documents come in, rather than move on.
QUIET = ("import_file", "install_mode", "mailroom_quiet")


class MailroomAutomation(models.AbstractModel):
    """Messages that leave because a rule says so: once per document and rule, on a real
    transition, and never by surprise."""

    _name = "mailroom.automation"
    _description = "Messages by rules"

    @api.model
    def _fire(
        self, documents, rule, wishes=None, mode="send", minutes=0, templates=None
    ):
        """Do for some documents what a rule says.

        Nothing happens while documents are imported, copied or installed. An edit of
        many records at once leads to a batch that waits for a person, unless the
        question was answered before: ``mailroom_answered`` in the context, the key of
        this rule (``model,id``) or True for all. The user's change goes through
        whatever becomes of the messages.

        :param documents: recordset of one model that inherits ``mailroom.document``,
            which has just reached what the rule is about
        :param rule: the record behind the rule; its name is shown with the messages
        :param Wishes wishes: what is wanted different from the proposal; ``rule`` is
            the name to show instead of the record's own
        :param str mode: send, hold (for some minutes), ask (a person) or batch
        :param int minutes: how long to hold
        :param templates: ``mail.template`` to choose from by language, None for the
            one that each document gets by itself
        :return: the ``mailroom.firing`` rows of those documents for which it acted
        """
        documents = documents.filtered(lambda document: document._mailroom_kind())
        if self._is_quiet() or not documents:
            return self.env["mailroom.firing"]
        documents = documents._mailroom_for_staff()
        rules = self.with_context(lang=documents.env.lang)
        wishes = replace(wishes or Wishes(), automatic=True, origin="rule")
        wishes.rule = wishes.rule or rule.with_env(rules.env).sudo().display_name
        if templates is not None:
            templates = rules._active_templates(documents, rule, wishes.rule, templates)
            if not templates:
                return self.env["mailroom.firing"]
        wishes.not_before = self._moment(minutes) if mode == "hold" else None
        mode = "batch" if len(documents) > 1 and not self._is_answered(rule) else mode
        # Written by the program; what may be sent is checked where it is sent.
        key, firings = self._rule_key(rule), rules.env["mailroom.firing"].sudo()
        claimed = firings._claim(documents, key, wishes.rule)
        rules._act(mode, claimed, wishes, templates)
        return claimed.sudo(False)

    def _moment(self, minutes):
        return fields.Datetime.now() + timedelta(minutes=minutes)

    @api.model
    def _act(self, mode, firings, wishes, templates):
        """Do what the rule says for the documents of these rows."""
        if not firings:
            return
        if mode in ("ask", "hold"):
            self._remember(firings, wishes, templates)
        if mode == "batch":
            self._fill_batch(firings, wishes, templates)
        elif mode == "ask":
            self._ask(firings, wishes, templates)
        else:
            self._carry_out(firings, wishes, templates)
        self._note(firings)

    @api.model
    def _rule_key(self, rule):
        return f"{rule._name},{rule.id}"

    @api.model
    def _is_answered(self, rule):
        """Return whether a person has seen what this rule will send, and said yes."""
        answered = self.env.context.get("mailroom_answered")
        return answered is True or answered == self._rule_key(rule)

    @api.model
    def _is_quiet(self):
        """Return whether documents are coming in, by import, copy or installation."""
        return any(self.env.context.get(key) for key in QUIET)

    @api.model
    def _document_models(self):
        """Return the names of the models that Mailroom sends."""
        return [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and "mailroom_state" in model._fields
        ]

    # === ON WHOSE BEHALF === #

    @api.model
    def _on_behalf(self, documents):
        """Return documents as the user who moved them sees them, if he may send them.

        Else the program sends: the rule was set up by who may, the document's own
        company decides the sender, and the text is the template's, so that whoever set
        the rule off (a customer on the portal, a technician) decides nothing else.
        """
        user = self.env.user
        if user._mailroom_may_send():
            own = self._as_user(documents, user)
            if own:
                return own
        return documents.with_user(self.env.ref("base.user_root")).with_context(
            allowed_company_ids=documents.sudo().company_id.ids
        )

    @api.model
    def _as_user(self, documents, user):
        """Return documents as a user sees them, empty when he may not read them."""
        companies = documents.sudo().company_id
        if not user.active or companies - user.sudo().company_ids:
            return documents.browse()
        own = documents.with_user(user).with_context(
            allowed_company_ids=companies.ids or user.company_id.ids
        )
        return own if own.has_access("read") else documents.browse()

    # === CARRYING OUT === #

    @api.model
    def _carry_out(self, firings, wishes, templates):
        """Send for all at once; where that is refused, one by one, so that one bad
        document keeps nobody else's message, nor the user's own change."""
        try:
            with self.env.cr.savepoint():
                self._send_planned(firings, wishes, templates)
        except UserError as error:
            if len(firings) == 1:
                firings.write({"state": "refused", "note": str(error)})
                return
            for firing in firings:
                self._carry_out(firing, wishes, templates)

    @api.model
    def _send_planned(self, firings, wishes, templates):
        documents = self._on_behalf(firings._documents())
        plans = self._plans(documents, wishes, templates)
        rows = {firing.res_id: firing for firing in firings}
        leaving = []
        for plan in plans:
            state, note = self._verdict(plan)
            if state:
                rows[plan.document.id].write({"state": state, "note": note})
            else:
                leaving.append(plan)
        if not leaving:
            return
        for dispatch in documents.env["mailroom.dispatch"]._send(leaving).sudo():
            rows[dispatch.res_id].write({"state": "sent", "dispatch_id": dispatch.id})
