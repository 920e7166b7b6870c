"""One SMTP conversation with an account's server, told apart phase by phase."""

import re
import smtplib
import time
from contextlib import contextmanager

from . import smtp_auth
from .address import AddressError, parse_address
from .address_guard import resolve
from .smtp_account import Reply, SmtpAccount, SmtpFault, Timeouts
from .smtp_error import NotSmtp, SessionRefused
from .smtp_reply import classify, safe_text
from .smtp_wire import Wire

__all__ = ["Reply", "SmtpAccount", "SmtpFault", "SmtpSession", "Timeouts"]

_BLOCK = 65536
_QUIT_SECONDS = 5
# What even a session out of time grants the answer that decides on "uncertain".
_LAST_SECONDS = 3


class SmtpSession:
    """An open line to one account's server, used for one message after the other.

    :ivar str phase: the step that is going on or was last
    :ivar int max_size: largest message the server takes, 0 when it does not say
    :ivar str tls_version: e.g. ``TLSv1.3``, empty without TLS
    :ivar float deadline: ``time.monotonic()`` value no step may go beyond, or None;
        may be moved from message to message
    """

    def __init__(self, account, timeouts=None, deadline=None):
        """Prepare a session; ``open`` is what makes one that can be used."""
        self.account = account
        self.timeouts = timeouts or Timeouts()
        self.deadline = deadline
        self.phase = "connect"
        self.max_size = 0
        self.tls_version = ""
        self._wire = Wire(account.helo)

    @classmethod
    def open(cls, account, timeouts=None, login=None, deadline=None):
        """Connect, encrypt and log in.

        :param SmtpAccount account: where and how
        :param Timeouts timeouts: how long each step may take
        :param login: function of the connection (an ``smtplib.SMTP``) that logs in,
            instead of user and password
        :param float deadline: see the class
        :rtype: SmtpSession
        :raise SmtpFault: when it does not come about; nothing stays open then
        """
        session = cls(account, timeouts, deadline)
        with session._faults():
            session._connect()
            session._greet()
            session._log_in(login)
        return session

    @property
    def alive(self):
        """Whether another message can be handed over."""
        return bool(self._wire.sock)

    def deliver(self, envelope_from, recipient, data, before_body):
        """Hand one message over to one recipient.

        :param str envelope_from: bare address that bounces go to; empty: none
        :param str recipient: bare address
        :param bytes data: the message
        :param before_body: called without arguments when the server waits for the
            message: the last moment at which it is certain that nothing was sent
        :rtype: Reply
        :raise SmtpFault: when the server did not take it; in phase ``body`` the final
            dot did not get out, in phase ``end`` it did
        """
        with self._faults():
            self._offer(envelope_from, recipient, len(data))
        try:
            before_body()
        except BaseException:
            self.drop()
            raise
        with self._faults():
            return self._hand_over(_dot_stuffed(data))

    def try_sender(self, address):
        """Ask whether the server would take mail from an address, without sending any.

        Many servers speak up at RCPT only, so the address is also named as recipient.

        :param str address: bare address
        :raise SmtpFault: when the server refuses it
        """
        with self._faults():
            self._begin("mail", self.timeouts.command)
            _check_address(self.phase, address)
            self._expect(*self._wire.docmd(f"MAIL FROM:<{address}>"))
            self._begin("rcpt", self.timeouts.command)
            self._expect(*self._wire.docmd(f"RCPT TO:<{address}>"))
            if not self._reset():
                self.drop()

    def close(self):
        """Say good-bye if the line still stands, and drop it."""
        if self.alive:
            self._wire.limit = _QUIT_SECONDS
            try:
                self._wire.docmd("QUIT")
            except (OSError, NotSmtp):
                # Nothing depends on this answer any more.
                pass
        self.drop()

    def drop(self):
        """Break the line off."""
        self._wire.close()

    def _connect(self):
        account = self.account
        self._begin("connect", self.timeouts.connect)
        targets = resolve(account.host, account.port, account.allowed_networks)
        implicit = account.encryption in ("ssl", "ssl_strict")
        self._wire.open(targets, account.host, account.context if implicit else None)

    def _greet(self):
        self._begin("greeting", self.timeouts.greeting)
        self._expect(*self._wire.getreply())
        self._hello()
        if self.account.encryption in ("starttls", "starttls_strict"):
            self._begin("starttls", self.timeouts.greeting)
            if not self._wire.has_extn("starttls"):
                raise SessionRefused("no_starttls")
            self._expect(*self._wire.docmd("STARTTLS"))
            self._wire.encrypt(self.account.context)
            # What was offered in clear is void (RFC 3207 4.2).
            self._hello()
        self.tls_version = self._wire.tls_version

    def _hello(self):
        self._begin("ehlo", self.timeouts.greeting)
        self._expect(*self._wire.ehlo())
        size = self._wire.esmtp_features.get("size", "")
        self.max_size = int(size) if re.fullmatch(r"\d{1,15}", size) else 0

    def _log_in(self, login):
        if not login and not self.account.user:
            return
        self._begin("auth", self.timeouts.greeting)
        if not self.tls_version and not self._wire.is_loopback:
            raise SessionRefused("no_tls")
        if login:
            login(self._wire)
            self._expect(*self._login_result())
        else:
            account = self.account
            self._expect(*smtp_auth.log_in(self._wire, account.user, account.password))

    def _login_result(self):
        """Ask what became of a login: the OAuth helpers of Odoo do not look."""
        code, text = self._wire.last_reply
        # The server has sent its reasons and waits for an empty line to refuse.
        return self._wire.docmd("") if code == 334 else (code, text)

    def _offer(self, envelope_from, recipient, size):
        self._begin("mail", self.timeouts.command)
        _check_address(self.phase, envelope_from, may_be_empty=True)
        _check_address("rcpt", recipient)
        if self.max_size and size > self.max_size:
            raise SmtpFault("mail", error=SessionRefused("too_big"))
        # RFC 1870: lets the server refuse before anything is sent.
        suffix = f" SIZE={size}" if self._wire.has_extn("size") else ""
        self._expect(*self._wire.docmd(f"MAIL FROM:<{envelope_from}>{suffix}"))
        self._begin("rcpt", self.timeouts.command)
        self._expect(*self._wire.docmd(f"RCPT TO:<{recipient}>"))
        self._begin("data", self.timeouts.command)
        self._expect(*self._wire.docmd("DATA"))

    def _hand_over(self, body):
        for start in range(0, len(body), _BLOCK):
            self._begin("body", self.timeouts.block)
            self._wire.send(body[start : start + _BLOCK])
        self._begin("body", self.timeouts.block)
        self._wire.send(b".\r\n")
        self.phase = "end"
        left = self._left(self.timeouts.end)
        self._wire.limit = max(left, min(_LAST_SECONDS, self.timeouts.end))
        code, text = self._wire.getreply()
        self._expect(code, text)
        return Reply(code, safe_text(text))

    def _begin(self, phase, seconds):
        self.phase = phase
        self._wire.limit = self._left(seconds)
        if self._wire.limit <= 0:
            raise TimeoutError("out of time")

    def _left(self, seconds):
        if self.deadline is None:
            return seconds
        return min(seconds, self.deadline - time.monotonic())

    def _expect(self, code, text):
        if classify(self.phase, code, text).outcome != "accepted":
            raise SmtpFault(self.phase, code, text)

    @contextmanager
    def _faults(self):
        """Turn what goes wrong into an ``SmtpFault`` and put the line in order."""
        try:
            yield
        except SmtpFault as fault:
            self._settle(fault)
            raise
        except smtplib.SMTPNotSupportedError as error:
            self.drop()
            refused = SessionRefused("auth_not_offered", error)
            raise SmtpFault(self.phase, error=refused) from error
        except smtplib.SMTPResponseException as error:
            self.drop()
            raise SmtpFault(self.phase, error.smtp_code, error.smtp_error) from error
        except (OSError, NotSmtp, SessionRefused) as error:
            self.drop()
            raise SmtpFault(self.phase, error=error) from error
        except BaseException:
            self.drop()
            raise

    def _settle(self, fault):
        """Make the line ready for the next message, or drop it."""
        if isinstance(fault.error, SessionRefused) or fault.phase == "end":
            reusable = fault.code != 421
        elif fault.phase in ("mail", "rcpt", "data") and fault.code != 421:
            reusable = self._reset()
        else:
            reusable = False
        if not reusable:
            self.drop()

    def _reset(self):
        self._wire.limit = max(self._left(self.timeouts.command), 0.1)
        try:
            return self._wire.rset()[0] == 250
        except (OSError, NotSmtp):
            return False


def _check_address(phase, email, may_be_empty=False):
    """Refuse what would not go over the wire exactly as it is stored."""
    if may_be_empty and not email:
        return
    try:
        exact = parse_address(email).email == email
    except AddressError:
        exact = False
    if not exact:
        reason = "bad_address" if phase == "rcpt" else "sender_refused"
        raise SmtpFault(phase, error=SessionRefused(reason))


def _dot_stuffed(data):
    """Write line ends one way and double the dots (RFC 5321 4.5.2).

    A bare CR or LF before a dot is an end of message to some servers and not to
    others, which lets a second message be smuggled in.
    """
    body = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    body = re.sub(rb"^\.", b"..", body, flags=re.MULTILINE)
    return body if body.endswith(b"\r\n") or not body else body + b"\r\n"
