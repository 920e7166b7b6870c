from odoo import fields, models


class MailroomOrderType(models.Model):
    """What an order is for the customer: a work order, a service order … It decides
    which booking confirmation he gets."""

    _name = "mailroom.order.type"
    _description = "Order type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        ondelete="cascade",
        help="Empty: all companies may use it.",
    )
