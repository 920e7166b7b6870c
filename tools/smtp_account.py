"""What an SMTP session is given, and what it gives back."""

from dataclasses import dataclass, field

from .smtp_reply import classify
from .smtp_wire import default_context


@dataclass(frozen=True)
class SmtpAccount:
    """Where and how to connect.

    :ivar str encryption: ``none``, ``starttls``, ``starttls_strict``, ``ssl`` or
        ``ssl_strict``; only the strict ones verify the certificate
    :ivar ssl_context: for client certificates; None: made from ``encryption``
    :ivar str helo: our own name in EHLO
    :ivar tuple allowed_networks: see ``address_guard.resolve``
    """

    host: str
    port: int
    encryption: str = "starttls_strict"
    user: str = ""
    password: str = field(default="", repr=False)
    ssl_context: object = field(default=None, repr=False)
    helo: str = "localhost"
    allowed_networks: tuple = ()

    @property
    def context(self):
        """The TLS settings to use."""
        return self.ssl_context or default_context(self.encryption.endswith("strict"))


@dataclass(frozen=True)
class Timeouts:
    """Seconds each kind of step may take (rule R8, RFC 5321 4.5.3.2)."""

    connect: float = 30
    greeting: float = 60
    command: float = 60
    block: float = 60
    end: float = 600


@dataclass(frozen=True)
class Reply:
    """The server's word that it took a message over."""

    code: int
    text: str


class SmtpFault(Exception):
    """A step of the conversation went wrong.

    :ivar str phase: one of ``smtp_reply.PHASES``
    :ivar int code: the reply code, or None when there was no reply
    :ivar str text: the reply's text
    :ivar Exception error: what took the place of a reply, or None
    """

    def __init__(self, phase, code=None, text="", error=None):
        super().__init__(f"{phase}: {code or type(error).__name__}")
        self.phase = phase
        self.code = code
        self.text = text
        self.error = error

    @property
    def verdict(self):
        """What it means, see ``smtp_reply.classify``."""
        return classify(self.phase, self.code, self.text, self.error)
