from odoo import fields, models

SENDER = "mailroom.mailroom_group_sender"


class SaleOrder(models.Model):
    """From an order to its service protocols."""

    _inherit = "sale.order"

    mailroom_protocol_count = fields.Integer(
        "Service Protocols", compute="_compute_mailroom_protocol_count", groups=SENDER
    )

    def _compute_mailroom_protocol_count(self):
        groups = self.env["mailroom.protocol"]._read_group(
            [("order_id", "in", self.ids), ("state", "!=", "superseded")],
            ["order_id"],
            ["__count"],
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.mailroom_protocol_count = counts.get(order.id, 0)

    def action_mailroom_protocol(self):
        """Open a new protocol, filled with what the order says."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Service Protocol"),
            "res_model": "mailroom.protocol",
            "views": [(False, "form")],
            "context": {"default_order_id": self.id},
        }

    def action_mailroom_protocols(self):
        """Show the protocols of the order; a single one in its form."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mailroom.mailroom_protocol_action"
        )
        action["domain"] = [("order_id", "=", self.id)]
        action["context"] = {"default_order_id": self.id}
        protocols = self.env["mailroom.protocol"].search(
            [("order_id", "=", self.id), ("state", "!=", "superseded")], limit=2
        )
        if len(protocols) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = protocols.id
        return action
