"""Trying settings out: which port and encryption work, or what is wrong."""

import ipaddress
import time
from dataclasses import dataclass, field, replace

from .smtp_account import SmtpFault, Timeouts
from .smtp_session import SmtpSession

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
# What a refusal of our own address as recipient says about it as sender.
_ABOUT_SENDER = frozenset(
    {"auth_required", "sender_refused", "sender_unproven", "relay_denied", "policy"}
)
# Of several failures one that names its cause tells most, then the one that came
# furthest.
_VAGUE = frozenset(
    {"timeout", "connection_lost", "refused", "unreachable", "tls", "protocol"}
)
_STEPS = ("connect", "greeting", "ehlo", "starttls", "auth", "mail", "rcpt")


@dataclass(frozen=True)
class Try:
    """One combination that was tried. ``reason`` is empty when it works."""

    port: int
    encryption: str
    phase: str = ""
    reason: str = ""
    code: int | None = None
    text: str = ""

    @property
    def encrypts(self):
        """Whether the server spoke TLS, with a certificate we do not accept."""
        return self.reason.startswith("certificate")


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
        if any(port == known.port and known.encrypts for known in tries):
            # TLS works there, if not to our liking: no need for another kind.
            continue
        wanted = replace(account, port=port, encryption=encryption)
        attempt, size = _try(wanted, sender, login, patience, until)
        tries.append(attempt)
        if not attempt.reason or attempt.reason in _FINAL or time.monotonic() > until:
            break
    best = tries[-1]
    if best.reason and best.reason not in _FINAL:
        best = max(tries, key=_telling)
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


def _telling(attempt):
    return attempt.reason not in _VAGUE, _STEPS.index(attempt.phase)


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
        size = session.max_size
        if sender:
            session.try_sender(sender)
        return Try(*pair), size
    except SmtpFault as fault:
        verdict = fault.verdict
        if verdict.phase == "rcpt" and verdict.reason not in _ABOUT_SENDER:
            # The address may send; that it cannot receive here is its own business.
            return Try(*pair), size
        return Try(*pair, verdict.phase, verdict.reason, verdict.code, verdict.text), 0
    finally:
        if session:
            session.close()
