"""A real SMTP server for tests that must not be fooled by a fake: TLS, a login, and
certificates made when the test begins."""

import logging
import socket
import ssl
import tempfile
import warnings
from pathlib import Path
from unittest.mock import patch

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from .outside.certificates import Authority

# It reports every client that hangs up, and warns of what the tests want.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")

USER, PASSWORD = "office@firm.test", "Korrekt-hast-42%/+"


class Keeper:
    """Keeps what is handed over and who logged in."""

    def __init__(self, refused_senders=()):
        self.messages, self.logins = [], []
        self.refused_senders = refused_senders

    async def handle_MAIL(self, server, session, envelope, address, options):
        """Refuse some senders, as servers do that know whose address is whose."""
        if address in self.refused_senders:
            return f"553 5.7.1 <{address}>: Sender address rejected: not owned by user"
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_DATA(self, server, session, envelope):
        """Take a message over."""
        self.messages.append(envelope)
        return "250 2.0.0 Ok: queued"

    def authenticate(self, server, session, envelope, mechanism, data):
        """Compare user and password, and note whether the line was encrypted."""
        encrypted = session.ssl is not None or server.transport.get_extra_info(
            "sslcontext"
        )
        known = isinstance(data, LoginPassword)
        pair = (data.login.decode(), data.password.decode()) if known else ("", "")
        self.logins.append((*pair, bool(encrypted)))
        return AuthResult(
            success=pair == (USER, PASSWORD), handled=False, auth_data=USER
        )


class ImplicitController(Controller):
    """TLS from the first octet on."""

    def factory(self):
        """Make the conversation; the login may come as soon as the line stands."""
        return SMTP(self.handler, **self.SMTP_kwargs)


class MailServer:
    """A server on loopback; use it as a context manager.

    :param str tls: ``implicit``, ``starttls`` or empty
    :param certificate: keyword arguments of ``Authority.server_context``
    :param refused_senders: addresses it does not take mail from
    """

    def __init__(self, tls="starttls", refused_senders=(), **certificate):
        self.keeper = Keeper(refused_senders)
        self._folder = tempfile.TemporaryDirectory()
        self.authority = Authority(Path(self._folder.name))
        context = self.authority.server_context(**certificate) if tls else None
        options = {
            "authenticator": self.keeper.authenticate,
            "auth_required": True,
            "auth_require_tls": bool(tls) and tls != "implicit",
        }
        if tls == "starttls":
            options["tls_context"] = context
        if tls == "implicit":
            self._controller = ImplicitController(
                self.keeper, "127.0.0.1", 0, ssl_context=context, **options
            )
        else:
            self._controller = Controller(self.keeper, "127.0.0.1", 0, **options)

    def __enter__(self):
        self._controller.port = _free_port()
        self._controller.start()
        self.port = self._controller.port
        # Only this test's authority is trusted.
        cafile = str(self.authority.path)
        original = ssl.create_default_context
        self._patch = patch(
            "odoo.addons.mailroom.tools.smtp_wire.ssl.create_default_context",
            lambda *args, **kwargs: original(cafile=cafile),
        )
        self._patch.start()
        return self

    def __exit__(self, *_error):
        self._patch.stop()
        self._controller.stop()
        self._folder.cleanup()

    @property
    def messages(self):
        """What was handed over."""
        return self.keeper.messages

    @property
    def logins(self):
        """``(user, password, encrypted)`` of each try to log in."""
        return self.keeper.logins


def _free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
