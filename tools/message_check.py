"""The second lock on outgoing mail: read it as a receiver would, and compare."""

import re
from collections import Counter
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses

from .address import parse_address
from .file_name import safe_file_name
from .header import clean_name
from .mime import text_bytes

# RFC 5322 2.1.1, without the line end.
_HARD_LINE_LIMIT = 998


class UnsafeMessage(ValueError):
    """A message would not say what was asked for, so it must not leave.

    :ivar str what: which comparison failed, e.g. ``headers`` or ``To``
    :ivar str detail: what was found, for the log
    """

    def __init__(self, what, detail=""):
        super().__init__(f"{what}: {str(detail)[:200]!r}")
        self.what = what
        self.detail = detail


def verify(raw, expected):
    """Parse a finished message and compare it with what it was made from.

    :param bytes raw: the message
    :param Outgoing expected: what it must hold, and nothing besides
    :raise UnsafeMessage: on the first difference
    """
    _check_lines(raw)
    message = BytesParser(policy=compat32).parsebytes(raw)
    _compare("headers", Counter(message.keys()), Counter(_header_names(expected)))
    for name, addresses in expected.mailboxes.items():
        found = [(_decoded(shown), email) for shown, email in _split(message[name])]
        _compare(name, found, [_checked(address) for address in addresses])
    _compare("subject", _decoded(message["Subject"] or ""), expected.safe_subject)
    _compare("id", _unfolded(message["Message-ID"]).strip(), expected.message_id)
    references = tuple(_unfolded(message["References"] or "").split())
    _compare("references", references, expected.safe_references)
    _compare("body", list(_leaves(message)), list(_expected_leaves(expected)))


def _compare(what, found, wanted):
    if found != wanted:
        raise UnsafeMessage(what, found)


def _check_lines(raw):
    if not raw.isascii() or re.search(rb"\r(?!\n)|(?<!\r)\n|\0", raw):
        raise UnsafeMessage("bytes")
    if max(map(len, raw.split(b"\r\n"))) > _HARD_LINE_LIMIT:
        raise UnsafeMessage("long line")


def _header_names(expected):
    yield from expected.mailboxes
    yield from ("Date", "Message-ID", "MIME-Version", "Content-Type")
    yield from ("Subject",) if expected.safe_subject else ()
    yield from ("References",) if expected.safe_references else ()
    if expected.automatic:
        yield from ("Auto-Submitted", "X-Auto-Response-Suppress")
    yield from expected.headers
    if len(list(_expected_leaves(expected))) == 1:
        # A message of one part carries that part's own header.
        yield "Content-Transfer-Encoding"


def _unfolded(value):
    return re.sub(r"\r?\n(?=[ \t])", "", value)


def _decoded(value):
    return str(make_header(decode_header(_unfolded(value))))


def _split(value):
    return getaddresses([_unfolded(value)])


def _checked(address):
    # An address object can be made by hand: only the parser's word counts.
    if parse_address(address.email).email != address.email:
        raise UnsafeMessage("address", address.email)
    return clean_name(address.name), address.email


def _leaves(message):
    for part in message.walk():
        if part.defects:
            raise UnsafeMessage("structure", part.defects)
        if not part.is_multipart():
            yield (
                part.get_content_disposition() or "",
                part.get_filename() or "",
                part.get_payload(decode=True),
            )


def _expected_leaves(expected):
    texts = [("", "", text_bytes(text)) for text in expected.texts.values()]
    images = [("inline", part.name, part.data) for part in expected.inline]
    files = [
        ("attachment", safe_file_name(part.name, ""), part.data)
        for part in expected.attachments
    ]
    # Images stand beside the HTML they belong to, before an invitation.
    after = len(texts) - 1 if expected.calendar else len(texts)
    return texts[:after] + images + texts[after:] + files
