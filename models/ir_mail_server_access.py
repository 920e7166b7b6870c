from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

# What somebody who is no system administrator may set on an account he may write.
OPEN_FIELDS = frozenset(
    {
        "name",
        "active",
        "mailroom_name",
        "mailroom_address",
        "mailroom_provider",
        "mailroom_encryption",
        "mailroom_automatic",
        "mailroom_selector",
        "mailroom_limit_minute",
        "mailroom_limit_hour",
        "mailroom_limit_day",
        "smtp_host",
        "smtp_port",
        "smtp_encryption",
        "smtp_user",
        "smtp_pass",
    }
)
# Whose account it is, is said once: when it is made.
OWNER_FIELDS = frozenset({"mailroom_company_id", "mailroom_user_id"})
VERIFIED = ("starttls_strict", "ssl_strict")


def plain(address):
    """Return an address as it compares."""
    return (address or "").strip().casefold()


class IrMailServerAccess(models.Model):
    """Who may set what: mail managers the accounts of their companies, users their own
    mailbox, system administrators all. Record rules say which records."""

    _inherit = "ir.mail_server"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        for vals in vals_list:
            self._mailroom_check_fields(vals, OPEN_FIELDS | OWNER_FIELDS)
        servers = super().create(vals_list)
        servers._mailroom_check_encryption()
        servers._mailroom_check_mailbox()
        # A company that makes an account wants to use it.
        owners = servers.mailroom_company_id.sudo()
        owners.filtered(lambda c: not c.mailroom_use_own_account).write(
            {"mailroom_use_own_account": True}
        )
        return servers

    def write(self, vals):
        # EXTENDS 'mail'
        self._mailroom_check_fields(vals, OPEN_FIELDS)
        result = super().write(vals)
        if {"smtp_encryption", "smtp_user"} & set(vals):
            self._mailroom_check_encryption()
        if {"mailroom_address", "smtp_user", "active"} & set(vals):
            self._mailroom_check_mailbox()
        return result

    def _mailroom_is_free(self):
        """Return whether nothing is checked: the program, or an administrator."""
        return self.env.su or self.env.user.has_group("base.group_system")

    def _mailroom_check_fields(self, vals, allowed):
        foreign = set(vals) - allowed
        if foreign and not self._mailroom_is_free():
            labels = sorted(
                self._fields[name]._description_string(self.env) or name
                for name in foreign
                if name in self._fields
            )
            raise AccessError(
                self.env._("Only a system administrator may set: %s", ", ".join(labels))
            )

    def _mailroom_check_encryption(self):
        # No constraint: those run with all rights, and this is about whose rights.
        if self._mailroom_is_free():
            return
        for server in self:
            if server.smtp_encryption in VERIFIED:
                continue
            if server.smtp_encryption == "none" and not server.smtp_user:
                continue
            raise ValidationError(
                self.env._(
                    "Only a system administrator may send a password without checking "
                    "the server's certificate. Choose Automatic, STARTTLS or SSL/TLS."
                )
            )

    # === A USER'S OWN MAILBOX === #

    def _mailroom_check_mailbox(self):
        """A private mailbox needs the company's consent and sends as its user only."""
        for server in self.filtered("mailroom_user_id"):
            user = server.mailroom_user_id.sudo()
            allowed = user.company_ids.filtered("mailroom_user_accounts")
            if server.active and not allowed:
                raise AccessError(
                    self.env._(
                        "Your company does not let users send from their own mailbox. "
                        "A mail manager can allow it in the settings of Mailroom."
                    )
                )
            known = {plain(server.sudo().smtp_user), plain(user.email), ""}
            if plain(server.mailroom_address) not in known:
                raise ValidationError(
                    self.env._(
                        "The sender address of your own mailbox is your email address "
                        "or the one you log in to the mailbox with."
                    )
                )
