from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.plan import Wishes

# For how long a question is put in a dialog; later it waits on the document.
FRESH = timedelta(minutes=1)


class MailroomAutomationAsk(models.AbstractModel):
    """A rule that asks: the question waits on the document until somebody answers."""

    _inherit = "mailroom.automation"

    @api.model
    def _ask(self, firings, wishes, templates):
        """Ask a person about messages; where there is nobody to write to, say so."""
        documents = self._on_behalf(firings._documents())
        rows = {firing.res_id: firing for firing in firings}
        for plan in self._plans(documents, wishes, templates):
            firing = rows[plan.document.id]
            state, note = self._verdict(plan)
            firing.write({"state": state or "asked", "note": note or self._whom(plan)})
        if not self.env.user._mailroom_may_send():
            self._remind_of_question(firings.filtered(lambda f: f.state == "asked"))

    def _remind_of_question(self, firings):
        """Give whoever looks after a document a to-do: nobody who could answer is at
        the screen."""
        for (document, user), members in firings.grouped(self._whom_to_remind).items():
            if user and "activity_ids" in document._fields:
                document.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Tell the customer? %s", members[:1].name),
                    user_id=user.id,
                )

    def _whom(self, plan):
        return ", ".join(r.name or r.address for r in plan.recipients)

    @api.model
    def _remember(self, firings, wishes, templates):
        """Write down what is wanted of messages that are made later."""
        firings.question = {
            "channels": list(wishes.channels),
            "templates": templates.ids if templates is not None else None,
            "kind": wishes.kind,
            "answers": self._answers(wishes, templates),
        }

    @api.model
    def _question_wishes(self, firing):
        """Return ``(wishes, templates)`` of a question, or of a message that waits, as
        the rule had them."""
        wanted = firing.question or {}
        wishes = Wishes(
            rule=firing.name,
            automatic=True,
            origin="rule",
            channels=tuple(wanted.get("channels") or ("email",)),
            kind=wanted.get("kind") or "",
        )
        templates = wanted.get("templates")
        if templates is not None:
            templates = self.env["mail.template"].sudo().browse(templates)
            templates = templates.exists().filtered("active")
        return wishes, templates


class MailroomDocumentAsked(models.AbstractModel):
    """The questions of rules about a document, and their answers."""

    _inherit = "mailroom.document"

    def mailroom_get_status(self):
        # EXTENDS: what a rule wants to know
        return {
            **super().mailroom_get_status(),
            "questions": self._mailroom_questions(),
        }

    def _mailroom_questions(self):
        """Return what rules ask about this document.

        :return: oldest first, each with ``id``, ``asked_at``, ``rule``, ``whom``,
            whether it is ``mine`` (asked of who looks) and ``fresh`` (asked just now)
        :rtype: list[dict]
        """
        if not self.env.user._mailroom_may_send():
            return []
        asked = self._mailroom_asked()
        recent = fields.Datetime.now() - FRESH
        return [
            {
                "id": firing.id,
                "asked_at": firing.write_date.isoformat(),
                "rule": firing.name,
                "whom": firing.note or "",
                "mine": firing.user_id == self.env.user,
                "fresh": firing.write_date > recent,
            }
            for firing in asked
        ]

    def _mailroom_asked(self):
        # Who may read and send the document may answer what is asked about it.
        return (
            self.env["mailroom.firing"]
            .sudo()
            .search_fetch(
                Domain("res_model", "=", self._name)
                & Domain("res_id", "=", self.id)
                & Domain("state", "=", "asked"),
                ["name", "note", "user_id", "write_date"],
                order="id",
            )
        )

    def mailroom_ask(self, firing_id):
        """Return the action that puts a rule's question to the user.

        :param int firing_id: from ``mailroom_get_status``
        :return: an action, False when the question was answered meanwhile
        """
        self.ensure_one()
        self._mailroom_check_staff()
        firing = self._mailroom_asked().filtered(lambda f: f.id == firing_id)
        if not firing:
            return False
        return self.env["mailroom.question"]._ask(self, firing)

    def mailroom_answer(self, firing_id, answer):
        """Answer what a rule asks about this document.

        :param int firing_id: from ``mailroom_get_status``
        :param str answer: send, look (first, in the dialog) or no
        :return: the action to run next, False for none
        :raise AccessError: the user may not send
        """
        self.ensure_one()
        self._mailroom_check_staff()
        if not self.env.user._mailroom_may_send():
            raise AccessError(self.env._("You may not act on messages."))
        firing = self._mailroom_asked().filtered(lambda f: f.id == firing_id)
        if not firing or answer not in ("send", "look", "no"):
            return False
        rules = self.env["mailroom.automation"]
        wishes, templates = rules._question_wishes(firing)
        if answer == "look":
            # Only what is sent from the dialog is an answer.
            return self._mailroom_look_first(templates, wishes.kind)
        firing.state = "declined"
        if answer == "send":
            rules._carry_out(firing, wishes, templates)
            rules._note(firing)
        return False

    def _mailroom_look_first(self, templates, kind=""):
        """Open the dialog with what the rule would send.

        :param templates: ``mail.template`` to choose from, None for the usual one
        :param str kind: of the usual one, empty for the document's own
        """
        rules = self.env["mailroom.automation"]
        chosen = rules._template_for(templates, self) if templates else None
        kind = chosen.mailroom_kind if chosen else kind
        return self.with_context(
            mailroom_template_kind=kind or self._mailroom_kind(),
            mailroom_template_id=chosen and chosen.id,
        )._mailroom_dialog_action()
