from odoo import api, fields, models


class MailroomProtocolAsk(models.TransientModel):
    """The question after "Mark as Done": shall the protocol be sent, and to whom?"""

    _name = "mailroom.protocol.ask"
    _description = "Send the service protocol?"

    protocol_id = fields.Many2one(
        "mailroom.protocol", required=True, readonly=True, ondelete="cascade"
    )
    recipients = fields.Text(compute="_compute_recipients")
    trouble = fields.Text(compute="_compute_recipients")

    @api.model
    def _open_for(self, protocol):
        """Return the action that asks about a protocol."""
        question = self.create({"protocol_id": protocol.id})
        return {
            "name": self.env._("Send %s?", protocol.name),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": question.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.depends("protocol_id")
    def _compute_recipients(self):
        for question in self:
            plan = question._plan()
            question.recipients = "\n".join(
                f"{recipient.name} <{recipient.address}>"
                if recipient.name
                else recipient.address
                for recipient in plan.recipients
            )
            question.trouble = "\n".join(
                p.message for p in plan.problems if p.level == "block"
            )

    def _plan(self):
        (plan,) = self.env["mailroom.planner"]._plan(self.protocol_id)
        return plan

    def action_send(self):
        """Send the protocol as proposed."""
        self.ensure_one()
        return self.env["mailroom.dispatch"]._send([self._plan()])._queued_notification()

    def action_look(self):
        """Open the dialog instead."""
        self.ensure_one()
        protocol = self.protocol_id.with_context(mailroom_look_first=True)
        return protocol.action_mailroom_send()
