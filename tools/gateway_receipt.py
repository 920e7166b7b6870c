"""What a gateway reports after it took a message, and what people text back."""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from urllib.parse import parse_qsl

from .smtp_reply import safe_text

#: Largest report that is read, in octets.
REPORT_LIMIT = 65536
#: Seconds a signed report may be old (F9).
WINDOW = 300
KINDS = ("generic", "46elks", "gatewayapi", "sinch", "twilio")

_DELIVERED = frozenset(("delivered", "delivrd", "delivery_ok", "success"))
_FAILED = frozenset(
    """failed undelivered undeliv undeliverable rejected rejectd expired deleted aborted
    cancelled canceled error skipped""".split()
)
# On its way: which settles what became of a message without an answer.
_ACCEPTED = frozenset(
    """accepted acceptd buffered created dispatched enroute queued scheduled sending
    sent submitted""".split()
)
# Where each kind has its values; the first name that is there counts.
_FIELDS = {
    "generic": {
        "message_id": ("message_id", "messageId", "provider_id"),
        "our_id": ("id", "reference"),
        "status": ("status", "state"),
        "event_id": ("event_id",),
        "moment": ("at", "timestamp"),
    },
    "46elks": {
        "message_id": ("id",),
        "status": ("status",),
        "moment": ("delivered",),
    },
    "gatewayapi": {
        "message_id": ("id",),
        "our_id": ("userref",),
        "status": ("status",),
        "moment": ("time",),
    },
    "sinch": {
        "message_id": ("batch_id",),
        "our_id": ("client_reference",),
        "status": ("status",),
        "moment": ("operator_status_at", "at"),
    },
    "twilio": {
        "message_id": ("MessageSid", "SmsSid"),
        "status": ("MessageStatus", "SmsStatus"),
        "error": ("ErrorCode",),
    },
}
_INCOMING = {
    "number": ("from", "From", "event.sender", "event.from", "sender", "msisdn"),
    "text": ("message", "body", "Body", "text", "event.message", "event.text"),
    "event_id": ("id", "event_id", "message_id", "MessageSid"),
}


class ReportError(ValueError):
    """A report cannot be read or must not be believed."""


@dataclass(frozen=True)
class Receipt:
    """One delivery report.

    :ivar str message_id: the gateway's id for the message
    :ivar str our_id: our own id for it, when the report repeats it
    :ivar str state: ``accepted`` (and on its way), ``delivered``, ``failed``, or "" for
        what says nothing
    :ivar str event_id: the same for the same event, however often it comes
    :ivar datetime moment: when it happened (aware, UTC), or None
    :ivar str text: the gateway's word for the state and for the error, safe to store
    """

    message_id: str
    our_id: str
    state: str
    event_id: str
    moment: datetime | None
    text: str


@dataclass(frozen=True)
class Incoming:
    """One text message from outside."""

    number: str
    text: str
    event_id: str


def parse_receipt(kind, body):
    """Read a delivery report.

    :param str kind: one of ``KINDS``
    :param bytes body: JSON or a form
    :rtype: Receipt
    :raise ReportError: when it is no report
    """
    data = _data(body)
    fields = _FIELDS.get(kind, _FIELDS["generic"])
    values = {name: _first(data, paths) for name, paths in fields.items()}
    status = values["status"]
    message_id, our_id = values["message_id"], values.get("our_id", "")
    if not status or not (message_id or our_id):
        raise ReportError("no report")
    # Without an id of its own an event is what it says about which message.
    event_id = values.get("event_id") or f"{message_id or our_id}:{status.lower()}"
    return Receipt(
        message_id,
        our_id,
        state_of(status),
        event_id,
        _moment(values.get("moment", "")),
        " ".join(filter(None, (status, values.get("error")))),
    )


def parse_incoming(body):
    """Read a text message that somebody sent to the company.

    :param bytes body: JSON or a form
    :rtype: Incoming
    :raise ReportError: when it is none
    """
    data = _data(body)
    values = {name: _first(data, paths) for name, paths in _INCOMING.items()}
    number = re.sub(r"[^\d+]", "", values["number"])
    if not 5 <= len(number) <= 17:
        raise ReportError("no number")
    number = number if number.startswith("+") else f"+{number}"
    return Incoming(number, values["text"], values["event_id"])


def state_of(status):
    """Return what a gateway's word for a state means, see :class:`Receipt`."""
    word = status.strip().lower()
    meanings = (("delivered", _DELIVERED), ("failed", _FAILED), ("accepted", _ACCEPTED))
    return next((state for state, words in meanings if word in words), "")


# === WHETHER TO BELIEVE IT === #


def is_signed(kind, secret, headers, body, now):
    """Tell whether a report carries the right signature.

    The generic kind signs ``timestamp.body``; GatewayAPI sends what it reports a second
    time, as a JSON Web Token. It repeats a report for hours until it is taken, so that
    there only the state tells a replay.

    :param str kind: one of ``KINDS``
    :param str secret: what the gateway was given to sign with
    :param headers: mapping of lower-case header names
    :param bytes body: the report as it came
    :param float now: seconds since 1970
    :rtype: bool
    """
    if kind == "gatewayapi":
        return _is_token(secret, headers.get("x-gwapi-signature", ""), body)
    stamp = headers.get("x-mailroom-timestamp", "")
    given = headers.get("x-mailroom-signature", "")
    fresh = re.fullmatch(r"\d{1,12}", stamp) and abs(now - int(stamp)) <= WINDOW
    signed = stamp.encode("ascii", "replace") + b"." + body
    given = given if fresh else ""
    version, _equals, digest = given.strip().partition("=")
    # Always computed, so that a wrong time takes as long as a wrong signature.
    right = signature(secret, signed)
    same = hmac.compare_digest(right.encode(), digest.encode("utf-8", "replace"))
    return bool(secret) and version == "sha256" and same


def _is_token(secret, token, body):
    """Tell whether a JSON Web Token (RFC 7519, HS256) says the same as a report."""
    signed, _dot, given = token.rpartition(".")
    head, _dot, claims = signed.partition(".")
    right = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    same = hmac.compare_digest(right, _octets(given))
    try:
        algorithm, said = json.loads(_octets(head)), json.loads(_octets(claims))
        told = json.loads(body)
        agreed = said["id"] == told["id"] and said["status"] == told["status"]
        return bool(secret) and same and algorithm["alg"] == "HS256" and agreed
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def _octets(text):
    """Read Base64 as tokens have it: other letters, nothing to fill it up."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def signature(secret, data):
    """Return the HMAC-SHA256 of a text (RFC 2104), in hexadecimal digits.

    :param str secret: the key
    :param bytes data: what is signed
    """
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()


def sign_callback(secret, our_id):
    """Return the proof that goes with a message into the address for its reports.

    Gateways that sign nothing give back the address they were given.

    :param str secret: as in :func:`is_signed`
    :param str our_id: our identifier of the message
    :return: 32 hexadecimal digits (128 bits)
    :rtype: str
    """
    return signature(secret, f"callback:{our_id}".encode())[:32]


def is_callback(secret, our_id, proof):
    """Tell whether an address for reports was made by us for this message."""
    right = sign_callback(secret, our_id)
    same = hmac.compare_digest(right.encode(), str(proof or "").encode())
    return bool(secret and our_id) and same


# === READING === #


def _data(body):
    if len(body) > REPORT_LIMIT:
        raise ReportError("too long")
    try:
        text = body.decode("utf-8")
        if text.lstrip()[:1] == "{":
            return json.loads(text)
        return dict(parse_qsl(text, max_num_fields=50))
    except (ValueError, RecursionError) as error:
        raise ReportError("unreadable") from error


def _first(data, paths):
    for path in paths:
        value = data
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return safe_text(value, 500)
    return ""


def _moment(text):
    if re.fullmatch(r"\d{9,11}", text):
        return datetime.fromtimestamp(int(text), timezone.utc)
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
        # 46elks writes UTC without saying so.
        moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None
