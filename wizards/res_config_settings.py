from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.address_guard import NetworkError, parse_networks


class ResConfigSettings(models.TransientModel):
    """Settings of Mailroom for the chosen company, for system administrators."""

    _name = "res.config.settings"
    _inherit = ["res.config.settings", "mailroom.company.settings"]

    mailroom_account_id = fields.Many2one(readonly=False)
    mailroom_allowed_networks = fields.Char(
        "Allowed Private Networks",
        config_parameter="mailroom.allowed_networks",
        help="Mail servers are on the public internet. Those in these networks may be "
        "used too, e.g. “10.0.0.0/8, 192.168.1.5”.",
    )

    @api.constrains("mailroom_allowed_networks")
    def _check_mailroom_allowed_networks(self):
        for settings in self:
            try:
                parse_networks(settings.mailroom_allowed_networks)
            except NetworkError as error:
                raise ValidationError(
                    self.env._(
                        "“%s” is no network. Write one like 10.0.0.0/8.", error.text
                    )
                ) from error
