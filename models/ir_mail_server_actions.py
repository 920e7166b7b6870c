from odoo import models


class IrMailServerActions(models.Model):
    """From an account to its messages and to the log of its settings."""

    _inherit = "ir.mail_server"

    def action_mailroom_messages(self):
        """Show the messages of this account that wait."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mailroom.mailroom_delivery_action"
        )
        action["domain"] = [
            ("account_id", "=", self.id),
            ("state", "in", ("queued", "deferred")),
        ]
        action["context"] = {}
        return action

    def action_mailroom_changes(self):
        """Show who changed what of this account."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mailroom.mailroom_setting_log_action"
        )
        action["domain"] = [("account_id", "=", self.id)]
        return action
