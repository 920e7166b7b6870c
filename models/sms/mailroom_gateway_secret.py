import secrets

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

from ...tools.log_mask import MASK, install
from ...tools.secret_box import Unreadable

# Each secret, and where it is kept sealed
SEALED = {"gateway_secret": "gateway_sealed", "receipt_secret": "receipt_sealed"}
SECRETS = (*SEALED, *SEALED.values())
# Odoo writes whole calls at level DEBUG.
install(("odoo.service.model",), SECRETS)
# A password is for the address it was typed for.
PLACE = ("url", "provider", "preset", "auth", "auth_header", "method", "parameters")


class MailroomGatewaySecret(models.Model):
    """Passwords and keys of a gateway are written and never read."""

    _inherit = "mailroom.gateway"
    _mailroom_secrets = SECRETS

    gateway_secret = fields.Char(
        "Password or Key",
        compute="_compute_secrets",
        inverse="_inverse_gateway_secret",
        copy=False,
        help="It is kept sealed and shown to nobody. Type a new one to replace it.",
    )
    receipt_secret = fields.Char(
        "Signing Key of Reports",
        compute="_compute_secrets",
        inverse="_inverse_receipt_secret",
        copy=False,
        help="What the gateway signs its delivery reports with. It is kept sealed and "
        "shown to nobody.",
    )
    gateway_sealed = fields.Char(
        groups=NO_ACCESS, copy=False, readonly=True, prefetch=False
    )
    receipt_sealed = fields.Char(
        groups=NO_ACCESS, copy=False, readonly=True, prefetch=False
    )

    @api.depends("gateway_sealed", "receipt_sealed")
    def _compute_secrets(self):
        for gateway in self:
            # Whether there is one is all that leaves this method.
            known = gateway.sudo()
            for name, sealed in SEALED.items():
                gateway[name] = MASK if known[sealed] else False

    def _inverse_gateway_secret(self):
        self._seal("gateway_secret")

    def _inverse_receipt_secret(self):
        self._seal("receipt_secret")

    def _seal(self, name):
        for gateway in self:
            typed = gateway[name]
            if typed != MASK:
                # Whoever may write the gateway may write its secrets.
                gateway.sudo()[SEALED[name]] = self._mailroom_seal(typed)
        self.invalidate_recordset([name], flush=False)

    def _mailroom_sealed(self, name):
        # OVERRIDE 'mailroom.secretive'
        return self[SEALED.get(name, name)]

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS: reports that nobody signs carry a proof of ours, made with this key
        gateways = super().create(vals_list)
        for gateway in gateways.sudo().filtered(lambda g: not g.receipt_sealed):
            gateway.receipt_sealed = self._mailroom_seal(secrets.token_urlsafe(32))
        return gateways

    def write(self, vals):
        # EXTENDS: who may change the address could else have the password sent there
        moved = self.filtered(
            lambda g: any(name in vals and vals[name] != g[name] for name in PLACE)
        )
        typed = vals.get("gateway_secret")
        if moved and typed in (None, False, MASK):
            moved.sudo().gateway_sealed = False
        return super().write(vals)

    # === FOR ONE REQUEST ALONE === #

    def _mailroom_open(self, name):
        """Return a secret, for the gateway alone.

        :param str name: a key of ``SEALED``
        :raise Unreadable: when it was sealed with a key that is not here
        """
        sealed = self.sudo()[SEALED[name]]
        return self._mailroom_box().open(sealed) if sealed else ""

    def _mailroom_receipt_secret(self):
        """Return the key of delivery reports, empty when it cannot be opened here."""
        try:
            return self._mailroom_open("receipt_secret")
        except Unreadable:
            return ""
