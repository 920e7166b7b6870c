from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mailroom_send_at_once = fields.Boolean(
        related="company_id.mailroom_send_at_once", readonly=False
    )
    mailroom_offer_uploads = fields.Boolean(
        related="company_id.mailroom_offer_uploads", readonly=False
    )
