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
        left = {before[order] for order in moved if before[order]}
        rules = self.env["mailroom.automation"]
        moved._mailroom_withdraw([rules._rule_key(stage) for stage in left])
        for stage, orders in moved.grouped("mailroom_stage_id").items():
            stage._fire(orders)
        return result
