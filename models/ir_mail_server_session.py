import functools
import socket

from odoo import models

from ..tools.address_guard import parse_networks
from ..tools.smtp_session import SmtpAccount, SmtpSession, Timeouts

# Seconds kept back for writing the result down before the process would be killed.
RESERVE = 10


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
        """
        # The password is read here, for the connection alone, and goes nowhere else.
        server = self.sudo()
        parameters = self.env["ir.config_parameter"].sudo()
        networks = parameters.get_param("mailroom.allowed_networks") or ""
        return SmtpAccount(
            host=server.smtp_host or "",
            port=server.smtp_port,
            encryption=server.smtp_encryption,
            user=server.smtp_user or "",
            password=server.smtp_pass or "",
            helo=own_name(),
            allowed_networks=parse_networks(networks),
        )

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
        if server.smtp_authentication in ("login", "certificate"):
            return None
        return lambda connection: server._smtp_login__(
            connection, server.smtp_user, server.smtp_pass or ""
        )
