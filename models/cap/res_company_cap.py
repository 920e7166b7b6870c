from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mailroom_cap_user = fields.Integer(
        "Messages per User and Hour",
        default=2000,
        help="What a user sends beyond that waits for a mail manager. 0: no limit.",
    )
    mailroom_cap_address = fields.Integer(
        "Messages per Recipient and Day",
        default=100,
        help="What one address would get beyond that waits for a mail manager. 0: no "
        "limit.",
    )

    _mailroom_caps_positive = models.Constraint(
        "CHECK (COALESCE(mailroom_cap_user, 0) >= 0"
        " AND COALESCE(mailroom_cap_address, 0) >= 0)",
        "A limit cannot be negative; 0 means no limit.",
    )


class MailroomCompanySettings(models.AbstractModel):
    _inherit = "mailroom.company.settings"

    mailroom_cap_user = fields.Integer(
        related="company_id.mailroom_cap_user", readonly=False
    )
    mailroom_cap_address = fields.Integer(
        related="company_id.mailroom_cap_address", readonly=False
    )
