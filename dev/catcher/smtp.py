"""The SMTP side of the mail catcher."""

from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from dev.catcher.store import MailStore
from dev.ports import LOOPBACK

LARGEST_MAIL = 50 * 1024**2


class _Handler:
    """Keeps what it is given."""

    def __init__(self, store: MailStore):
        self.store = store

    async def handle_DATA(self, _server, _session, envelope):
        """Called by aiosmtpd with a complete message; returns the SMTP reply."""
        sender = envelope.mail_from or ""
        mail = self.store.add(sender, list(envelope.rcpt_tos), envelope.content)
        return f"250 2.0.0 caught as {mail.number}"


@contextmanager
def serve(store: MailStore, port: int):
    """Catch mail on a loopback port for the length of a `with` block.

    Any user name and password is accepted: demo accounts have made-up ones.

    :param store: takes the mails.
    :param port: a free port.
    """
    controller = Controller(
        _Handler(store),
        hostname=LOOPBACK,
        port=port,
        data_size_limit=LARGEST_MAIL,
        authenticator=lambda *_arguments: AuthResult(success=True),
        auth_require_tls=False,
        ident="Mailroom mail catcher",
    )
    controller.start()
    try:
        yield
    finally:
        controller.stop()
