from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from ..tools.log_mask import MASK, install
from ..tools.secret_box import Unreadable
from ..tools.smtp_error import SessionRefused
from ..tools.smtp_session import SmtpFault

# Fields nobody reads over RPC; those of the OAuth addons exist when these do.
SECRETS = (
    "smtp_pass",
    "mailroom_secret",
    "smtp_ssl_private_key",
    "google_gmail_refresh_token",
    "google_gmail_access_token",
    "microsoft_outlook_refresh_token",
    "microsoft_outlook_access_token",
)
# Odoo writes whole calls, and whole SMTP conversations, at level DEBUG.
install(("odoo.service.model", "odoo.addons.base.models.ir_mail_server"), SECRETS)


class IrMailServerSecret(models.Model):
    """Passwords can be written but never read back, by nobody.

    ``smtp_pass`` always reads as a mask; what was written is sealed with a key outside
    the database, and opened for the login alone.
    """

    _name = "ir.mail_server"
    _inherit = ["ir.mail_server", "mailroom.secretive"]
    _mailroom_secrets = SECRETS

    smtp_pass = fields.Char(
        compute="_compute_smtp_pass",
        inverse="_inverse_smtp_pass",
        store=False,
        copy=False,
        groups="base.group_user",
    )
    smtp_user = fields.Char(groups="base.group_user")
    smtp_ssl_private_key = fields.Binary(copy=False)
    mailroom_secret = fields.Char(
        groups=NO_ACCESS, copy=False, readonly=True, prefetch=False
    )

    @api.depends("mailroom_secret")
    def _compute_smtp_pass(self):
        for server in self:
            # Whether there is one is all that leaves this method.
            server.smtp_pass = MASK if server.sudo().mailroom_secret else False

    def _inverse_smtp_pass(self):
        for server in self:
            typed = server.smtp_pass
            if typed != MASK:
                # Whoever may write the account may write its password.
                server.sudo().mailroom_secret = self._mailroom_seal(typed)
        self.invalidate_recordset(["smtp_pass"], flush=False)

    def write(self, vals):
        # EXTENDS 'mail': a password is for the server it was typed for. Otherwise who
        # may change the server's name could have the password sent to his own.
        moved = self._mailroom_moved(vals)
        if moved and not vals.get("smtp_pass"):
            moved.sudo().mailroom_secret = False
        return super().write(vals)

    def _mailroom_moved(self, vals):
        """Return those accounts whose password would go elsewhere, or in the clear."""
        host = vals.get("smtp_host")
        weaker = vals.get("smtp_encryption") in ("none", "starttls", "ssl")
        return self.filtered(
            lambda s: (
                (host is not None and host != s.smtp_host)
                or (weaker and (s.smtp_encryption or "").endswith("strict"))
            )
        )

    # === SEALED === #

    def _mailroom_sealed(self, name):
        # OVERRIDE 'mailroom.secretive'
        return self.mailroom_secret

    def _mailroom_password(self):
        """Return the password, for a login alone.

        :raise SmtpFault: when it was sealed with a key that is not here
        """
        sealed = self.sudo().mailroom_secret
        try:
            return self._mailroom_box().open(sealed) if sealed else ""
        except Unreadable as error:
            refused = SessionRefused("password_unreadable")
            raise SmtpFault("auth", error=refused) from error

    @api.model
    def _mailroom_take_secrets(self):
        """Seal the passwords that stood in the clear before Mailroom was installed."""
        self.env.cr.execute(
            "SELECT id, smtp_pass FROM ir_mail_server WHERE smtp_pass IS NOT NULL"
        )
        for server_id, text in self.env.cr.fetchall():
            self.browse(server_id).sudo().mailroom_secret = self._mailroom_seal(text)
        self.env.cr.execute("UPDATE ir_mail_server SET smtp_pass = NULL")

    @api.model
    def _mailroom_give_secrets(self):
        """Give Odoo its passwords back, for when Mailroom is uninstalled."""
        servers = self.sudo().with_context(active_test=False)
        for server in servers.search([("smtp_authentication", "!=", "cli")]):
            self.env.cr.execute(
                SQL(
                    "UPDATE ir_mail_server SET smtp_pass = %s WHERE id = %s",
                    server._mailroom_password() or None,
                    server.id,
                )
            )
