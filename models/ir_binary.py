from odoo import models
from odoo.exceptions import AccessError

from .ir_mail_server_secret import SECRETS


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        # EXTENDS 'base': a private key is no download
        if record._name == "ir.mail_server" and field_name in SECRETS:
            raise AccessError(self.env._("Passwords can be written, but never read."))
        return super()._record_to_stream(record, field_name)
