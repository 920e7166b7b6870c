from odoo import api, fields, models, tools

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
