import socket

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.address_guard import BlockedAddress, resolve
from ..tools.log_mask import MASK
from ..tools.smtp_session import SmtpFault


class IrMailServerCore(models.Model):
    """What Odoo itself sends through an account (notices to colleagues, for instance):
    the same passwords, and the same care."""

    _inherit = "ir.mail_server"

    def _find_mail_server_allowed_domain(self):
        # EXTENDS 'mail': nobody's mailbox, and no other company's account
        domain = super()._find_mail_server_allowed_domain()
        companies = [False, *self._mailroom_family(self.env.company).ids]
        return (
            domain
            & Domain("mailroom_user_id", "=", False)
            & Domain("mailroom_company_id", "in", companies)
        )

    @api.model
    def _filter_mail_servers_fallback(self, servers):
        # EXTENDS 'mail'
        servers = super()._filter_mail_servers_fallback(servers)
        return servers.filtered(lambda s: not s.mailroom_user_id)

    def _connect__(self, *args, mail_server_id=None, **kwargs):
        # EXTENDS 'base': an account a user or a mail manager has typed in leads to no
        # place inside the network
        server = self.sudo().browse(mail_server_id or 0)
        if server and not self._disable_send():
            server._mailroom_guard_host()
        return super()._connect__(*args, mail_server_id=mail_server_id, **kwargs)

    def _mailroom_guard_host(self):
        if not (self.mailroom_company_id or self.mailroom_user_id):
            return
        port = self.smtp_port
        try:
            resolve(self.smtp_host or "", port, self._mailroom_networks())
        except BlockedAddress as error:
            raise UserError(
                self.env._("The address of “%s” is not allowed.", self.smtp_host)
            ) from error
        except socket.gaierror as error:
            raise UserError(
                self.env._("The mail server “%s” was not found.", self.smtp_host)
            ) from error

    def _smtp_login__(self, connection, smtp_user, smtp_password):
        # EXTENDS 'base': Odoo knows the mask only; nothing of a login is logged
        if len(self) == 1 and smtp_password == MASK:
            self._mailroom_check_line(connection)
            smtp_password = self._mailroom_open_password()
        level, connection.debuglevel = getattr(connection, "debuglevel", 0), 0
        try:
            return super()._smtp_login__(connection, smtp_user, smtp_password)
        finally:
            connection.debuglevel = level

    def _mailroom_open_password(self):
        try:
            return self._mailroom_password()
        except SmtpFault as error:
            raise UserError(
                self.env._(
                    "The password of “%s” was sealed with a key that is not on this "
                    "machine. Type it again.",
                    self.name,
                )
            ) from error

    def _mailroom_check_line(self, connection):
        """A password never crosses an unencrypted line, loopback excepted."""
        sock = getattr(connection, "sock", None)
        if sock is None or hasattr(sock, "cipher") or hasattr(sock, "get_cipher_name"):
            return
        if not socket_is_loopback(sock):
            raise UserError(
                self.env._(
                    "A password may not cross an unencrypted line. Choose an "
                    "encryption for the account “%s”.",
                    self.name,
                )
            )

    def test_smtp_connection(self, autodetect_max_email_size=False):
        # OVERRIDE 'base': the same test as ours, with its guard and its words
        for server in self:
            server._mailroom_check_writable()
            finding = server._mailroom_probe()
            server._mailroom_note_finding(finding)
            if not finding.works:
                raise UserError(self.env["mailroom.words"]._diagnosis(server, finding))
            if autodetect_max_email_size and finding.max_size:
                server.sudo().max_email_size = finding.max_size / 1024**2
        return self._mailroom_notify(self.env._("The account works."))


def socket_is_loopback(sock):
    """Return whether the other end of a socket is this machine."""
    host = str(sock.getpeername()[0])
    return host.startswith("127.") or host in ("::1", "::ffff:127.0.0.1")
