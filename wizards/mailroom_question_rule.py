from odoo import api, fields, models


class MailroomQuestionRule(models.TransientModel):
    """A rule asks in the same words as everybody else; its question stays on the
    document until it is answered."""

    _inherit = "mailroom.question"

    # Its document is the question's own, which the user may read.
    firing_id = fields.Many2one("mailroom.firing", readonly=True, ondelete="cascade")

    @api.model
    def _ask_for_rule(self, document, firing):
        """Return the action that puts a rule's question to a person.

        :param document: one record that inherits ``mailroom.document``
        :param firing: its ``mailroom.firing``, state ``asked``
        """
        question = self.env._(
            "“%(rule)s”: send the customer of %(document)s a message?",
            rule=firing.name,
            document=document._mailroom_number(),
        )
        action = self._ask(document, "", question)
        self.browse(action["res_id"]).sudo().firing_id = firing
        return action

    def _plan(self):
        # EXTENDS: with the texts of the rule, to those who want them
        if not self.firing_id:
            return super()._plan()
        rules = self.env["mailroom.automation"]
        wishes, templates = rules._question_wishes(self.sudo().firing_id)
        (plan,) = rules._plans(self._document(), wishes, templates)
        return plan

    def _answer(self, answer):
        """Pass an answer on to the document, which checks the user's rights."""
        firing = self.sudo().firing_id
        return self._document().mailroom_answer(firing.id, answer)

    def action_send(self):
        # EXTENDS
        if not self.firing_id:
            return super().action_send()
        self._answer("send")
        dispatch = self.sudo().firing_id.dispatch_id
        if dispatch:
            return dispatch._queued_notification()
        return {"type": "ir.actions.act_window_close"}

    def action_look(self):
        # EXTENDS
        return self._answer("look") if self.firing_id else super().action_look()

    def action_no(self):
        """Remember that nobody shall be told."""
        if self.firing_id:
            self._answer("no")
        return {"type": "ir.actions.act_window_close"}
