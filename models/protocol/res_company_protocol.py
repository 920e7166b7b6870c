from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mailroom_show_pictures = fields.Boolean(
        "Show Pictures",
        default=True,
        help="Pictures are printed on service protocols, and the dialog offers files "
        "uploaded on a protocol.",
    )
    mailroom_machine_in_file_name = fields.Boolean(
        "Machine Number in the File Name",
        help="The PDF of a service protocol is named after its number and the numbers "
        "of the machines.",
    )


class MailroomCompanySettings(models.AbstractModel):
    _inherit = "mailroom.company.settings"

    mailroom_show_pictures = fields.Boolean(
        related="company_id.mailroom_show_pictures", readonly=False
    )
    mailroom_machine_in_file_name = fields.Boolean(
        related="company_id.mailroom_machine_in_file_name", readonly=False
    )
