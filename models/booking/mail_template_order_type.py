from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import BOOKING_KINDS


class MailTemplate(models.Model):
    """Each order type may have a booking confirmation of its own."""

    _inherit = "mail.template"

    mailroom_order_type_id = fields.Many2one(
        "mailroom.order.type",
        "Order Type",
        compute="_compute_mailroom_order_type_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: orders of all types that have no text of their own.",
    )

    @api.depends("mailroom_kind")
    def _compute_mailroom_order_type_id(self):
        for template in self:
            if template.mailroom_kind not in BOOKING_KINDS:
                template.mailroom_order_type_id = False

    @api.constrains("mailroom_order_type_id", "mailroom_kind")
    def _check_mailroom_order_type_id(self):
        for template in self.filtered("mailroom_order_type_id"):
            if template.mailroom_kind not in BOOKING_KINDS:
                raise ValidationError(
                    self.env._(
                        "“%s” is no booking message: only those have a text for each "
                        "order type. Take the order type away.",
                        template.name,
                    )
                )
