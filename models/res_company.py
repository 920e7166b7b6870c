from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mailroom_send_at_once = fields.Boolean(
        "Send at Once",
        help="The Send button sends without a dialog when the customer has exactly one "
        "address and there is nothing to decide.",
    )
    mailroom_offer_uploads = fields.Boolean(
        "Include Uploaded Files When Sending",
        default=True,
        help="The dialog offers the files uploaded on the record; the sender ticks which "
        "go along.",
    )
