from odoo import models

from ..tools.account_probe import Finding, Try, probe
from ..tools.address import AddressError, parse_address
from ..tools.log_mask import MASK
from ..tools.smtp_session import SmtpAccount, SmtpFault
from .ir_mail_server_session import SUBMISSION_PORT, own_name
from .ir_mail_server_settings import PLAIN_WORDS


class IrMailServerProbe(models.Model):
    """Trying an account's settings out, before or after they are stored."""

    _inherit = "ir.mail_server"

    def _mailroom_probe(self, vals=None):
        """Try settings out, without sending anything.

        :param dict vals: values that are about to be written; None: as they stand
        :rtype: Finding
        """
        vals = vals or {}
        server = self.sudo()
        word = vals.get("mailroom_encryption")
        automatic = word == "auto" if word else server.mailroom_automatic
        try:
            account = self._prepare_mailroom_trial(vals)
        except SmtpFault as fault:
            return Finding(Try(0, "", fault.phase, fault.verdict.reason))
        login = self and server._mailroom_uses_oauth() and self._mailroom_login()
        if account.user and not account.password and not login:
            return Finding(
                Try(account.port, account.encryption, "auth", "password_missing")
            )
        sender = self._mailroom_trial_sender(vals)
        return probe(account, sender, automatic, login or None)

    def _prepare_mailroom_trial(self, vals):
        """Return the connection these values would make.

        :rtype: SmtpAccount
        """
        server = self.sudo()
        merged = {
            name: vals.get(name, server[name])
            for name in ("smtp_host", "smtp_port", "smtp_user", "smtp_encryption")
        }
        word = vals.get("mailroom_encryption")
        encryption = PLAIN_WORDS.get(word, merged["smtp_encryption"])
        if self and not vals:
            encryption = server._mailroom_wire_encryption()
        automatic = word == "auto" if word else server.mailroom_automatic
        return SmtpAccount(
            host=merged["smtp_host"] or "",
            port=merged["smtp_port"] or (0 if automatic else SUBMISSION_PORT),
            encryption=encryption or "starttls_strict",
            user=merged["smtp_user"] or "",
            password=self._mailroom_trial_password(vals),
            helo=own_name(),
            allowed_networks=self._mailroom_networks(),
        )

    def _mailroom_trial_password(self, vals):
        typed = vals.get("smtp_pass")
        if typed and typed != MASK:
            return typed
        if "smtp_pass" in vals and not typed or not self or self._mailroom_moved(vals):
            return ""
        return self._mailroom_password()

    def _mailroom_trial_sender(self, vals):
        """Return the address that would stand in From, "" when there is none yet."""
        server = self.sudo()
        company = server.mailroom_company_id or self.env.company
        candidates = [
            vals.get("mailroom_address", server.mailroom_address),
            vals.get("smtp_user", server.smtp_user),
            self._mailroom_sender(company)[1] if self else company.email,
        ]
        for text in candidates:
            try:
                return parse_address(text).email
            except AddressError:
                continue
        return ""
