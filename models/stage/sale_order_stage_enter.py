from odoo import models


class SaleOrderStageEnter(models.Model):
    """What happens when an order gets to another stage, whoever moves it."""

    _inherit = "sale.order"

    def write(self, vals):
        # EXTENDS 'sale'
        if "mailroom_stage_id" not in vals:
            return super().write(vals)
        before = {order: order.mailroom_stage_id for order in self}
        result = super().write(vals)
        moved = self.filtered(lambda order: order.mailroom_stage_id != before[order])
        moved._mailroom_withdraw(before)
        for stage, orders in moved.grouped("mailroom_stage_id").items():
            stage._fire(orders)
        return result

    def _mailroom_withdraw(self, before):
        """Take back what still waits to tell of a stage that orders have left: it would
        no longer be true.

        :param dict before: order → the stage it was at
        """
        left = {order: stage for order, stage in before.items() if order in self}
        rules = [f"mailroom.stage,{stage.id}" for stage in left.values() if stage]
        if not rules:
            return
        # Written by the program: the order was moved by somebody who may.
        firings = (
            self.env["mailroom.firing"]
            .sudo()
            .search(
                [
                    ("rule", "in", rules),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state", "in", ["asked", "sent"]),
                ]
            )
        )
        firings.filtered(lambda f: f.state == "asked").state = "declined"
        waiting = firings.dispatch_id.delivery_ids.filtered(
            lambda row: row.state == "held" and row.hold_reason == "minutes"
        )
        if waiting:
            waiting._cancel().dispatch_id._refresh_documents()
            self._mailroom_log_withdrawn(firings, waiting)

    def _mailroom_log_withdrawn(self, firings, waiting):
        notes = {
            firing.res_id: self.env._(
                "Rule “%s”: the message that still waited was taken back, because the "
                "order has moved on.",
                firing.name,
            )
            for firing in firings
            if firing.dispatch_id in waiting.dispatch_id
        }
        self.browse(notes)._message_log_batch(bodies=notes)
