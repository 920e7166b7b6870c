from odoo import api, fields, models
from odoo.exceptions import UserError


class MailroomQuestion(models.TransientModel):
    """What a rule asks a person: send it now, look first, or not? The question stays on
    the document until it is answered."""

    _name = "mailroom.question"
    _description = "Question whether to send"

    firing_id = fields.Many2one(
        "mailroom.firing", required=True, readonly=True, ondelete="cascade"
    )
    question = fields.Char(readonly=True)
    whom = fields.Text("Who Will Get It", compute="_compute_plan")
    trouble = fields.Text(compute="_compute_plan")

    @api.model
    def _ask(self, document, firing):
        """Return the action that puts a rule's question to a person.

        :param document: one record that inherits ``mailroom.document``
        :param firing: its ``mailroom.firing``, state ``asked``
        """
        asked = self.create(
            {
                "firing_id": firing.id,
                "question": self._question_words(document, firing),
            }
        )
        return {
            "name": document._mailroom_number(),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": asked.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    @api.model
    def _question_words(self, document, firing):
        """Return the question in the user's words. TO EXTEND for other kinds."""
        number = document._mailroom_number()
        kind = (firing.question or {}).get("kind")
        if kind == "protocol":
            return self.env._("%s is done. Send it by email?", number)
        if kind == "work_order":
            return self.env._(
                "%s is ready for invoicing. Send the work order by email?", number
            )
        return self.env._(
            "“%(rule)s”: send the customer of %(document)s a message?",
            rule=firing.name,
            document=number,
        )

    @api.depends("firing_id")
    def _compute_plan(self):
        for asked in self:
            plan = asked._plan()
            asked.whom = "\n".join(
                f"{recipient.name or ''} <{recipient.address}>".strip()
                for recipient in plan.recipients
            )
            asked.trouble = "\n".join(problem.message for problem in plan.problems)

    def _document(self):
        """Return the document that is asked about.

        :raise AccessError: the user may not read it
        :raise UserError: it was deleted meanwhile
        """
        self.ensure_one()
        # Only which document it is; whoever may read that may know the question.
        firing = self.sudo().firing_id
        asked = firing._documents()
        if not asked:
            raise UserError(self.env._("%s was deleted.", firing.document_name))
        document = self.env[asked._name].browse(asked.ids)
        document.check_access("read")
        return document

    def _plan(self):
        """Return what would leave, with the texts of the rule, to those who want them.

        :rtype: Plan
        """
        rules = self.env["mailroom.automation"]
        wishes, templates = rules._question_wishes(self.sudo().firing_id)
        (plan,) = rules._plans(self._document(), wishes, templates)
        return plan

    # === ANSWERS === #

    def _answer(self, answer):
        """Pass an answer on to the document, which checks the user's rights."""
        return self._document().mailroom_answer(self.sudo().firing_id.id, answer)

    def action_send(self):
        """Send it now."""
        self._answer("send")
        told = self.sudo().firing_id._told()
        return told or {"type": "ir.actions.act_window_close"}

    def action_look(self):
        """Open the dialog with the same message, to look and change."""
        return self._answer("look")

    def action_no(self):
        """Remember that nobody shall be told."""
        self._answer("no")
        return {"type": "ir.actions.act_window_close"}
