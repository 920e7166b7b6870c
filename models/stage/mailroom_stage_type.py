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

    def _takes(self, order):
        """Return whether an order can be moved to this stage: confirmed ones of its
        company and types."""
        company = self.company_id
        return (
            self._fits(order)
            and order.state == "sale"
            and (not company or company == order.company_id)
        )

    def _preview(self, orders):
        # EXTENDS: what the stage does not take stays where it is
        taken = orders.filtered(self._takes)
        others = {order: ("foreign", self._why_not(order)) for order in orders - taken}
        return super()._preview(taken) | others

    def _why_not(self, order):
        """Return in words why an order cannot be moved here."""
        if order.state != "sale":
            return self.env._("It is no confirmed order.")
        if self.company_id and self.company_id != order.company_id:
            return self.env._("The stage is another company's.")
        return self.env._("The stage is for other types of orders.")


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
