"""The one builder of outgoing mail: from plain data to the bytes that are frozen."""

import hashlib
import re
import secrets
from email.utils import format_datetime

from .file_name import safe_file_name
from .header import clean, clean_name
from .message_check import UnsafeMessage, verify
from .mime import (
    BETWEEN_PARAMETERS,
    encode_body,
    encode_mailbox,
    encode_parameter,
    encode_text,
    header,
    text_bytes,
)
from .outgoing import MESSAGE_ID, Outgoing, Part

__all__ = ["Outgoing", "Part", "UnsafeMessage", "build", "message_id", "verify"]

_EXTRA = re.compile(r"(?:X-Odoo|X-Mailroom|List)-[A-Za-z0-9-]+")
_EXTRA_LIMIT = 900
_MIMETYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}")
_CONTENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
_METHODS = ("REQUEST", "CANCEL", "PUBLISH")


def message_id(domain, unique=""):
    """Make a Message-ID in the domain of the sender (RFC 5322 3.6.4).

    :param str domain: ASCII domain name
    :param str unique: what makes it unique; empty: 128 random bits
    :return: ``<…@domain>``
    :rtype: str
    :raise UnsafeMessage: when the two do not make a Message-ID
    """
    return _checked(MESSAGE_ID, f"<{unique or secrets.token_hex(16)}@{domain}>", "id")


def build(outgoing):
    """Serialise a message, read it back and compare.

    :param Outgoing outgoing: the message
    :return: the message in seven bits with CRLF, the same for the same input
    :rtype: bytes
    :raise UnsafeMessage: when what would leave is not what was asked for
    """
    fields = b"".join(header(*item) for item in _fields(outgoing))
    raw = fields + b"MIME-Version: 1.0\r\n" + _body(outgoing)
    verify(raw, outgoing)
    return raw


def _fields(outgoing):
    for name, addresses in outgoing.mailboxes.items():
        yield name, ", ".join(map(_mailbox, addresses))
    if outgoing.safe_subject:
        yield "Subject", encode_text(outgoing.safe_subject)
    yield "Date", format_datetime(outgoing.date)
    yield "Message-ID", _checked(MESSAGE_ID, outgoing.message_id, "id")
    if outgoing.safe_references:
        yield "References", " ".join(outgoing.safe_references)
    if outgoing.automatic:
        # RFC 3834 5; the second one is what Exchange listens to.
        yield "Auto-Submitted", "auto-generated"
        yield "X-Auto-Response-Suppress", "OOF"
    for name, value in outgoing.headers.items():
        yield _checked(_EXTRA, name, "header"), encode_text(clean(value, _EXTRA_LIMIT))


def _mailbox(address):
    return encode_mailbox(clean_name(address.name), address.email)


def _checked(pattern, value, what):
    if not pattern.fullmatch(value):
        raise UnsafeMessage(what, value)
    return value


def _body(outgoing):
    """Build mixed(alternative(text, related(HTML, images), calendar), files)."""
    choices = []
    for subtype, text in outgoing.texts.items():
        part = _text(subtype, text, outgoing.calendar_method)
        if subtype == "html":
            part = _multipart("related", [part, *map(_image, outgoing.inline)])
        choices.append(part)
    body = _multipart("alternative", choices)
    return _multipart("mixed", [body, *map(_file, outgoing.attachments)])


def _text(subtype, text, method):
    encoding, data = encode_body(text_bytes(text), is_text=True)
    kind = f"text/{subtype}; charset=utf-8"
    if subtype == "calendar":
        kind = _calendar_kind(method)
    return _part(
        [("Content-Type", kind), ("Content-Transfer-Encoding", encoding)], data
    )


def _calendar_kind(method):
    if method not in _METHODS:
        raise UnsafeMessage("calendar", method)
    return f"text/calendar; charset=utf-8; method={method}"


def _image(part):
    name = _checked(_CONTENT_ID, part.name, "inline")
    return _file(part, "inline", name, [("Content-ID", f"<{name}>")])


def _file(part, disposition="attachment", name="", more=()):
    known = _MIMETYPE.fullmatch(part.mimetype or "")
    # A file that is itself a message must stay a file, not become structure.
    plain = known and not part.mimetype.startswith(("multipart/", "message/"))
    kind = part.mimetype if plain else "application/octet-stream"
    if part.method:
        kind = _calendar_kind(part.method)
    encoding, data = encode_body(part.data, is_text=False)
    parameter = encode_parameter("filename", name or safe_file_name(part.name, ""))
    fields = [
        ("Content-Type", kind),
        ("Content-Transfer-Encoding", encoding),
        ("Content-Disposition", f"{disposition}; {parameter}"),
        *more,
    ]
    return _part(fields, data)


def _multipart(subtype, parts):
    if len(parts) == 1:
        return parts[0]
    digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
    # "=_" occurs in no quoted-printable and no base64 text (RFC 2045 6.7).
    boundary = f"=_{subtype}_{digest}"
    kind = f'multipart/{subtype}; boundary="{boundary}"'
    data = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
    return _part([("Content-Type", kind)], data + f"--{boundary}--\r\n".encode())


def _part(fields, data):
    lines = [header(*item, at=BETWEEN_PARAMETERS) for item in fields]
    return b"".join(lines) + b"\r\n" + data
