"""A mail server for tests: it takes messages in memory and fails on demand."""

import email
import email.policy
from dataclasses import dataclass, field

from ..tools.smtp_account import Reply, SmtpFault
from ..tools.smtp_error import SessionRefused

#: Steps before the body goes out: what fails there was surely not sent.
BEFORE_BODY = ("mail", "rcpt", "data")


@dataclass
class Mail:
    """One message as the server took it, for one recipient."""

    account: object
    sender: str
    recipient: str
    raw: bytes
    message: object = field(init=False)

    def __post_init__(self):
        self.message = email.message_from_bytes(self.raw, policy=email.policy.default)

    def __getitem__(self, header):
        value = self.message[header]
        return None if value is None else str(value)

    @property
    def html(self):
        """The HTML part."""
        return self.message.get_body(("html",)).get_content()

    @property
    def text(self):
        """The plain text part."""
        return self.message.get_body(("plain",)).get_content()

    @property
    def files(self):
        """``{name: bytes}`` of what is attached."""
        return {
            part.get_filename(): part.get_payload(decode=True)
            for part in self.message.iter_attachments()
        }


class FakeServer:
    """Stands behind every account of a test; :attr:`mails` is what it has taken."""

    def __init__(self):
        self.mails = []
        self.logins = 0
        self.max_size = 0
        self.before_reply = None
        self._login_fault = None
        self._faults = {}

    def refuse(self, recipient, code, text="", phase="rcpt", times=1):
        """Answer the next messages to a recipient with an SMTP error."""
        faults = self._faults.setdefault(recipient, [])
        faults += [(phase, code, text, None)] * times

    def lose(self, recipient):
        """Take the next message to a recipient, but break the line before saying so."""
        error = ConnectionResetError("connection reset")
        self._faults.setdefault(recipient, []).append(("end", None, "", error))

    def refuse_login(self, code=535, text="5.7.8 bad credentials"):
        """Refuse every login until :meth:`mend`."""
        self._login_fault = ("auth", code, text, None)

    def be_away(self):
        """Refuse every connection until :meth:`mend`."""
        self._login_fault = ("connect", None, "", ConnectionRefusedError("refused"))

    def mend(self):
        """Let everybody in again."""
        self._login_fault = None

    def open(self, account):
        """Open a session, in the place of ``_mailroom_open_session``."""
        self.logins += 1
        if self._login_fault:
            raise SmtpFault(*self._login_fault)
        return FakeSession(self, account)

    def take(self, account, sender, recipient, raw):
        """Take a message over."""
        self.mails.append(Mail(account, sender, recipient, raw))

    def next_fault(self, recipient):
        """Return what goes wrong with the next message to a recipient, if anything."""
        faults = self._faults.get(recipient)
        return faults.pop(0) if faults else None


class FakeSession:
    """What ``tools.smtp_session.SmtpSession`` is to the queue."""

    phase = "end"
    tls_version = "TLSv1.3"
    deadline = None

    def __init__(self, server, account):
        self.server = server
        self.account = account
        self.alive = True
        self.max_size = server.max_size

    def deliver(self, envelope_from, recipient, data, before_body):
        """Hand one message over, or fail as the server was told to."""
        if self.max_size and len(data) > self.max_size:
            raise SmtpFault("mail", error=SessionRefused("too_big"))
        fault = self.server.next_fault(recipient)
        if fault and fault[0] in BEFORE_BODY:
            raise SmtpFault(*fault)
        before_body()
        if self.server.before_reply:
            self.server.before_reply(recipient)
        if not fault or fault[1] is None:
            self.server.take(self.account, envelope_from, recipient, data)
        if fault:
            self.alive = fault[1] is not None
            raise SmtpFault(*fault)
        return Reply(250, f"2.0.0 queued as {len(self.server.mails)}")

    def close(self):
        """Say good-bye."""
        self.alive = False
