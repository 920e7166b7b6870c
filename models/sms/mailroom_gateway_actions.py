from odoo import models


class MailroomGatewayActions(models.Model):
    """From a gateway to its messages and to a test of it."""

    _inherit = "mailroom.gateway"

    def action_mailroom_test_sms(self):
        """Ask for a number, and send one real message there."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send a Test SMS"),
            "res_model": "mailroom.gateway.test",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_gateway_id": self.id},
        }

    def action_mailroom_messages(self):
        """Show the messages of this gateway that wait."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mailroom.mailroom_delivery_action"
        )
        action["domain"] = [
            ("gateway_id", "=", self.id),
            ("state", "in", ("queued", "deferred")),
        ]
        action["context"] = {}
        return action
