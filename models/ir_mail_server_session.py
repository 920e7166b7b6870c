import functools
import socket

from odoo import api, models

from ..tools.address_guard import NetworkError, parse_networks
from ..tools.smtp_session import SmtpAccount, SmtpSession, Timeouts

# Seconds kept back for writing the result down before the process would be killed.
RESERVE = 10
# RFC 6409: where mail is handed in, unless told otherwise.
SUBMISSION_PORT = 587


@functools.lru_cache(maxsize=1)
def own_name():
    """Return the name this machine gives in EHLO (RFC 5321 4.1.1.1)."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() else "localhost.localdomain"


class IrMailServerSession(models.Model):
    """Opening the line to an account's server."""

    _inherit = "ir.mail_server"

    def _mailroom_open_session(self, seconds_left=float("inf")):
        """Connect and log in; the address is checked before the connection is made.

        :param float seconds_left: how long the process may live on at most
        :return: a session ready to take messages
        :rtype: SmtpSession
        :raise SmtpFault: when it does not come about
        """
        self.ensure_one()
        return SmtpSession.open(
            self._prepare_mailroom_account(),
            self._prepare_mailroom_timeouts(seconds_left),
            login=self._mailroom_login(),
        )

    def _prepare_mailroom_account(self):
        """Return where and how to connect.

        :rtype: SmtpAccount
        :raise SmtpFault: when the password cannot be opened on this machine
        """
        # The password is opened here, for the connection alone, and goes nowhere else.
        server = self.sudo()
        return SmtpAccount(
            host=server.smtp_host or "",
            port=server.smtp_port or SUBMISSION_PORT,
            encryption=server._mailroom_wire_encryption(),
            user=server.smtp_user or "",
            password=server._mailroom_password(),
            helo=own_name(),
            allowed_networks=self._mailroom_networks(),
        )

    def _mailroom_wire_encryption(self):
        # Odoo's OAuth addons insist on the variant that checks no certificate; their
        # tokens deserve better, and the servers have good ones.
        if self._mailroom_uses_oauth() and self.smtp_encryption in ("starttls", "ssl"):
            return f"{self.smtp_encryption}_strict"
        return self.smtp_encryption

    def _mailroom_uses_oauth(self):
        return self.smtp_authentication not in ("login", "certificate", "cli")

    @api.model
    def _mailroom_networks(self):
        """Return the private networks a system administrator has allowed."""
        parameters = self.env["ir.config_parameter"].sudo()
        text = parameters.get_param("mailroom.allowed_networks") or ""
        try:
            return parse_networks(text)
        except NetworkError:
            # What cannot be read allows nothing.
            return ()

    def _prepare_mailroom_timeouts(self, seconds_left):
        """Return how long each step may take, within what the process has left."""
        left = max(seconds_left - RESERVE, 5)
        known = Timeouts()
        return Timeouts(
            connect=min(known.connect, left),
            greeting=min(known.greeting, left),
            command=min(known.command, left),
            block=min(known.block, left),
            end=min(known.end, left),
        )

    def _mailroom_login(self):
        """Return a function that logs in where user and password are not enough (the
        tokens of Odoo's Gmail and Outlook addons), else None."""
        server = self.sudo()
        if not server._mailroom_uses_oauth():
            return None
        return lambda connection: server._smtp_login__(connection, server.smtp_user, "")
