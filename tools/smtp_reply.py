"""What a server's answer, or the lack of one, means for a message and its account."""

import re
from dataclasses import dataclass

from .header import CONTROL
from .smtp_error import error_verdict
from .smtp_reason import reason_of

OUTCOMES = (
    "accepted",  # the server took it over
    "deferred",  # this row is tried again later
    "failed",  # this row will never go
    "uncertain",  # the server may have it; nobody but a person sends it again
    "account_fault",  # the account is paused until somebody mends it
    "cool_down",  # the account rests and is tried again by itself
)
#: ``body`` ends, and ``end`` begins, with the last octet of the final dot line.
PHASES = (
    "connect",
    "greeting",
    "ehlo",
    "starttls",
    "auth",
    "mail",
    "rcpt",
    "data",
    "body",
    "end",
)
# The account's own conversation; from MAIL on it is about one message.
SESSION_PHASES = PHASES[:5]
TEXT_LIMIT = 500

_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_LOGIN_NEEDED = (530, 535)
_SENDING_LIMIT = re.compile(r"\b(?:limit|quota|rate)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """What to do, and why.

    :ivar str outcome: one of ``OUTCOMES``
    :ivar str reason: one of ``smtp_reason.REASONS``, empty when accepted
    :ivar int code: the reply code, or None without a reply
    :ivar str enhanced: enhanced status code (RFC 3463), may be empty
    :ivar str text: the reply or error, safe to store and to show
    :ivar str phase: one of ``PHASES``
    :ivar int retry_after: seconds the server asked to wait, 0 when it did not
    :ivar str reference: the name the server gave the message, may be empty
    """

    outcome: str
    reason: str
    code: int | None
    enhanced: str
    text: str
    phase: str
    retry_after: int = 0
    reference: str = ""

    @property
    def counts(self):
        """Whether the message used up one of its attempts.

        An account's trouble is not the message's. But a message whose own commands
        make the server hang up (421) must get out of the way of the others.
        """
        if self.outcome == "account_fault":
            return False
        return self.outcome != "cool_down" or self.phase not in SESSION_PHASES


def classify(phase, code=None, text="", error=None):
    """Judge how one step of an SMTP conversation ended.

    :param str phase: one of ``PHASES``
    :param int code: the reply code; None when no reply came
    :param str text: the reply's text (or bytes)
    :param Exception error: what broke the conversation when no reply came
    :return: outcome, reason and what is stored of the reply
    :rtype: Verdict
    """
    shown = safe_text(text or error or "")
    enhanced = _enhanced(shown)
    if code is None:
        outcome, reason = error_verdict(phase, error)
    else:
        outcome = _outcome(phase, code, enhanced, shown)
        reason = reason_of(phase, code, enhanced, shown)
        if outcome == "accepted":
            reason = ""
    return Verdict(outcome, reason, code, enhanced, shown, phase)


def safe_text(text, limit=TEXT_LIMIT):
    """Make a foreign text fit to store: short, every control character shown as a dot.

    :param str text: text, bytes or exception
    :param int limit: longest result
    :rtype: str
    """
    if isinstance(text, bytes):
        text = text[: limit * 4].decode("utf-8", "replace")
    return CONTROL.sub("·", str(text)[:limit]).strip()


def _enhanced(text):
    match = _ENHANCED.match(text)
    return match[1] if match else ""


def _outcome(phase, code, enhanced, text):
    """Apply rule R6 to a reply; the order of the questions is the rule."""
    if code == 421:
        return "cool_down"
    if 200 <= code < 300 and phase != "data" or code == 354 and phase == "data":
        return "accepted"
    if phase in SESSION_PHASES:
        return _session_outcome(phase, code)
    if not 400 <= code < 600:
        # Not SMTP. After the final dot nobody can say what it stands for.
        return "uncertain" if phase == "end" else "deferred"
    if code < 500:
        # 454 is defined for STARTTLS and AUTH only; here it speaks of one message.
        return "deferred"
    if code in _LOGIN_NEEDED:
        return "account_fault"
    if enhanced == "5.4.5" and _SENDING_LIMIT.search(text):
        # The day's quota of the account is used up: no fault of any recipient.
        return "cool_down"
    if phase == "mail" and code != 552:
        return "account_fault"
    return "failed"


def _session_outcome(phase, code):
    # A greeting of 5xx comes from overload and block lists: it passes by itself.
    permanent = 500 <= code < 600 and phase != "greeting"
    return "account_fault" if permanent else "cool_down"
