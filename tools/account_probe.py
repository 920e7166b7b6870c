"""Trying an account's settings out: which port and encryption work, or what is wrong."""

import ipaddress
import time
from dataclasses import dataclass, field, replace

from .smtp_account import SmtpFault, Timeouts
from .smtp_session import SmtpSession

AUTOMATIC = "auto"
# Implicit TLS first: RFC 8314 3.3 prefers it to STARTTLS. Never plain.
CANDIDATES = (
    (465, "ssl_strict"),
    (587, "starttls_strict"),
    (25, "starttls_strict"),
)
PATIENCE = Timeouts(connect=6, greeting=8, command=8, block=8, end=8)
#: Seconds a whole probe may take.
BUDGET = 30
# These are the server's final word: another port would answer the same, and trying
# a refused password again locks accounts out.
_FINAL = frozenset(
    {
        "host_not_found",
        "blocked_address",
        "password_refused",
        "password_unreadable",
        "auth_required",
        "sender_refused",
        "sender_unproven",
        "relay_denied",
    }
)
# Of several failures the one that came furthest tells most.
_TELLING = ("connect", "greeting", "ehlo", "starttls", "auth", "mail", "rcpt")


@dataclass(frozen=True)
class Try:
    """One combination that was tried. ``reason`` is empty when it works."""

    port: int
    encryption: str
    phase: str = ""
    reason: str = ""
    code: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Finding:
    """What came of a probe.

    :ivar Try best: the combination that works, else the failure that tells most
    :ivar tuple tries: all of them, in order
    :ivar int max_size: largest message the server takes, 0 when it does not say
    """

    best: Try
    tries: tuple = field(default=())
    max_size: int = 0

    @property
    def works(self):
        """Whether the account can send."""
        return not self.best.reason


def probe(account, sender, automatic=False, login=None, patience=PATIENCE):
    """Connect, encrypt, log in and offer the sender, without sending anything.

    :param SmtpAccount account: what was typed; a port of 0 means the usual ones
    :param str sender: bare address that will stand in From; empty: not tried
    :param bool automatic: find port and encryption, see ``candidates``
    :param login: see ``SmtpSession.open``
    :param Timeouts patience: for each step
    :rtype: Finding
    """
    until = time.monotonic() + BUDGET
    tries = []
    combinations = (
        candidates(account.host, account.port, bool(account.user))
        if automatic
        else ((account.port, account.encryption),)
    )
    for port, encryption in combinations:
        wanted = replace(account, port=port, encryption=encryption)
        attempt, size = _try(wanted, sender, login, patience, until)
        tries.append(attempt)
        if not attempt.reason or attempt.reason in _FINAL or time.monotonic() > until:
            break
    best = tries[-1]
    if best.reason and best.reason not in _FINAL:
        best = max(tries, key=lambda attempt: _TELLING.index(attempt.phase))
    return Finding(best, tuple(tries), size)


def candidates(host, port, has_user):
    """List what automatic encryption tries, best first.

    Always encrypted and verified. A mail server on this very machine that asks for no
    password is the exception: there is no line to listen on.

    :param str host: name or address of the server
    :param int port: the port that was typed, or 0
    :param bool has_user: a password would be sent
    :rtype: tuple[tuple[int, str]]
    """
    if not port:
        return CANDIDATES
    known = tuple(pair for pair in CANDIDATES if pair[0] == port)
    rest = tuple(pair for pair in CANDIDATES if pair[0] != port)
    if known:
        return known + rest
    found = ((port, "ssl_strict"), (port, "starttls_strict"))
    if not has_user and _is_this_machine(host):
        found += ((port, "none"),)
    return found


def _is_this_machine(host):
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _try(account, sender, login, patience, until):
    """Return a ``Try`` and the server's size limit."""
    session = None
    pair = (account.port, account.encryption)
    try:
        session = SmtpSession.open(account, patience, login=login, deadline=until)
        if sender:
            session.try_sender(sender)
        return Try(*pair), session.max_size
    except SmtpFault as fault:
        verdict = fault.verdict
        return Try(*pair, verdict.phase, *_told(account, verdict)), 0
    finally:
        if session:
            session.close()


def _told(account, verdict):
    reason = verdict.reason
    encrypted_at_once = account.encryption in ("ssl", "ssl_strict")
    if reason in ("tls", "connection_lost") and encrypted_at_once:
        # The port speaks, but not TLS from the first octet on.
        reason = "no_implicit_tls" if verdict.phase == "connect" else reason
    if verdict.phase in ("mail", "rcpt") and reason in (
        "policy",
        "recipient_refused",
        "mailbox_unknown",
        "bad_address",
    ):
        reason = "sender_refused"
    return reason, verdict.code, verdict.text
