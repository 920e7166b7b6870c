from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MailroomStageType(models.Model):
    """Stages that only some types of orders go through."""

    _inherit = "mailroom.stage"

    order_type_ids = fields.Many2many(
        "mailroom.order.type",
        "mailroom_stage_order_type_rel",
        "stage_id",
        "type_id",
        string="Order Types",
        help="Empty: orders of all types.",
    )

    def _fits(self, order):
        """Return whether an order may be at this stage."""
        types = self.sudo().order_type_ids
        return not types or order.mailroom_order_type_id in types

    def _preview(self, orders):
        # EXTENDS: what is not for an order's type stays where it is
        fitting = orders.filtered(self._fits)
        others = dict.fromkeys(orders - fitting, ("foreign", ""))
        return super()._preview(fitting) | others


class SaleOrder(models.Model):
    """Orders stay at stages of their type."""

    _inherit = "sale.order"

    @api.constrains("mailroom_stage_id")
    def _check_mailroom_stage_type(self):
        for order in self:
            stage = order.mailroom_stage_id
            if stage and not stage._fits(order):
                raise ValidationError(
                    self.env._(
                        "%(order)s cannot get to the stage “%(stage)s”: that is for "
                        "other types of orders.",
                        order=order.name,
                        stage=stage.name,
                    )
                )
