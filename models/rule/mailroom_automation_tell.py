from markupsafe import Markup

from odoo import api, models


class MailroomAutomationTell(models.AbstractModel):
    """What people learn of a rule: a note in the history of each document, a to-do for
    what it could not send, a word to the mail managers when it has lost its text."""

    _inherit = "mailroom.automation"

    # === HISTORY === #

    @api.model
    def _note(self, firings):
        """Write into each document's history what the rule did."""
        documents = firings._documents()
        notes = {f.res_id: self._note_words(f) for f in firings if f.state != "asked"}
        documents = documents.filtered(lambda doc: doc.id in notes)
        if documents:
            documents._message_log_batch(bodies=notes)
        self._remind(firings.filtered(lambda f: f.state == "refused"))

    def _note_words(self, firing):
        """Return one sentence about what a rule did."""
        rule = self.env._("Rule “%s”", firing.name)
        if firing.state == "sent":
            return self._sent_words(rule, firing.dispatch_id)
        words = {
            "batch": self.env._("a message waits in a batch until somebody sends it."),
            "nobody": self.env._("nothing was sent."),
            "refused": self.env._("nothing was sent."),
        }
        note = Markup("<br/>").join((firing.note or "").splitlines())
        sentence = Markup("%s: %s") % (rule, words.get(firing.state, ""))
        return Markup("%s %s") % (sentence, note) if note else sentence

    def _sent_words(self, rule, dispatch):
        values = {
            "rule": rule,
            "whom": ", ".join(dispatch.delivery_ids.mapped("address")),
        }
        if not dispatch.not_before:
            return self.env._("%(rule)s: message to %(whom)s.", **values)
        return self.env._(
            "%(rule)s: message to %(whom)s leaves at %(time)s, unless somebody stops "
            "it.",
            time=self.env["mailroom.words"]._time(dispatch.not_before),
            **values,
        )

    # === TO-DO === #

    @api.model
    def _remind(self, firings):
        """Give whoever looks after a document a to-do about what was not sent."""
        for (document, user), members in firings.grouped(self._whom_to_remind).items():
            if user and "activity_ids" in document._fields:
                document.with_context(
                    mail_activity_quick_update=True
                ).activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Message not sent: %s", members[:1].name),
                    note=Markup("<br/>").join((members[:1].note or "").splitlines()),
                    user_id=user.id,
                )

    def _whom_to_remind(self, firing):
        document = firing._documents()
        for user in (document._mailroom_responsible(), self.env.user):
            if user and user._is_internal() and self._as_user(document, user):
                return document, user
        return document, self.env["res.users"]

    # === TO THE MANAGERS === #

    @api.model
    def _active_templates(self, documents, rule, name, templates):
        """Return those templates that can be used. The mail managers are told when a
        rule has none any more; while it has one (again), losing it is news."""
        templates = templates.sudo().filtered("active")
        if templates:
            companies = self.env["res.company"]
            for document in documents:
                companies |= document._mailroom_company()
            keys = [self._told_key(rule, company) for company in companies]
            self.env["mailroom.firing"].sudo().search([("rule", "in", keys)]).unlink()
        else:
            self._tell_template_gone(documents, rule, name)
        return templates

    @api.model
    def _tell_template_gone(self, documents, rule, name):
        """Tell the mail managers of each company, once, that a rule has no text any
        more."""
        by_company = documents.grouped(lambda document: document._mailroom_company())
        for company, members in by_company.items():
            managers = self.env["ir.mail_server"].sudo()._mailroom_managers_of(company)
            if not managers:
                continue
            # One row about the rule itself: it is told once, however often it is met.
            about = (rule._name, rule.id, name, company.id)
            firing = self.env["mailroom.firing"].sudo()
            told = firing._claim_rows(self._told_key(rule, company), name, [about])
            if told:
                told.state = "told"
                self._tell_managers(managers, members[0], name)

    @api.model
    def _tell_managers(self, managers, document, name):
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=managers.partner_id.ids,
            subject=self.env._("Rule “%s” has no template", name),
            body=self.env._(
                "Its template was deleted or archived. Nothing is sent until you give "
                "it another one; the first document it would have sent is %s.",
                document._mailroom_number(),
            ),
            force_send=False,
        )

    @api.model
    def _told_key(self, rule, company):
        return f"{self._rule_key(rule)},{company.id}"
