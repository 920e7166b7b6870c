"""Headers and bodies of mail as bytes, in seven bits and short lines.

Written out here instead of left to the ``email`` package: its folding has let line
breaks through in several Python releases (CVE-2024-6923), and which one runs is not
ours to choose.
"""

import base64
import binascii
import re

LINE_LIMIT = 76
BLANK = re.compile(" ")
# Between the parameters of a MIME field only: not all readers unfold inside quotes.
BETWEEN_PARAMETERS = re.compile("(?<=;) ")
# An encoded word is at most 75 characters (RFC 2047 2): 45 bytes give 60, plus 12.
_WORD_BYTES = 45
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_PLAIN_PARAMETER = re.compile(r"[A-Za-z0-9 ._-]*")


def header(name, value, at=BLANK):
    """Write one header line, folded where it may be.

    :param str name: ASCII field name
    :param str value: ASCII without control characters, e.g. from ``encode_text``
    :param re.Pattern at: blanks that may start a new line
    :return: the line or lines, ended by CRLF (RFC 5322 2.2.3)
    :rtype: bytes
    """
    lines, current = [], f"{name}:"
    for word in at.split(value):
        too_long = len(current) + 1 + len(word) > LINE_LIMIT
        # Never a line of blanks only: readers take it for the end of the header.
        if word and too_long and current != f"{name}:":
            lines.append(current)
            current = f" {word}"
        else:
            current += f" {word}"
    lines.append(current)
    return "\r\n".join(lines).encode("ascii") + b"\r\n"


def encode_text(text):
    """Write free text for a header: as it is, or as encoded words (RFC 2047).

    :param str text: without control characters
    :return: ASCII; encoded words separated by blanks, which readers take away again
    :rtype: str
    """
    return text if text.isascii() and "=?" not in text else _encoded_words(text)


def encode_mailbox(name, email):
    """Write ``Name <address>`` for a header.

    :param str name: cleaned display name, may be empty
    :param str email: checked bare address
    :return: ASCII, the name quoted or encoded when it has to be (RFC 5322 3.4)
    :rtype: str
    """
    if not name:
        return email
    if not name.isascii() or "=?" in name:
        return f"{_encoded_words(name)} <{email}>"
    if not _ATOMS.fullmatch(name):
        name = '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))
    return f"{name} <{email}>"


def encode_parameter(key, value):
    """Write a parameter of a MIME header, split and percent-encoded when it has to be.

    :param str key: ASCII attribute, e.g. ``filename``
    :param str value: without control characters
    :return: ``key="value"``, or ``key*0*=utf-8''…`` pieces (RFC 2231 3 and 4)
    :rtype: str
    """
    if _PLAIN_PARAMETER.fullmatch(value) and len(value) <= 60:
        return f'{key}="{value}"'
    octets = [_percent(octet) for octet in value.encode("utf-8", "replace")]
    pieces = [
        "".join(octets[start : start + 16]) for start in range(0, len(octets), 16)
    ]
    pieces[0] = "utf-8''" + pieces[0]
    return "; ".join(f"{key}*{index}*={piece}" for index, piece in enumerate(pieces))


def text_bytes(text):
    """Give a text as UTF-8 with CRLF line ends, the form in which it is compared."""
    return re.sub(rb"\r\n|\r|\n", b"\r\n", text.encode("utf-8", "replace"))


def encode_body(data, is_text):
    """Choose the transfer encoding and apply it (RFC 2045 6).

    :param bytes data: a text from ``text_bytes``, or a file
    :param bool is_text: quoted-printable is worth considering
    :return: name of the encoding, and lines of at most 76 characters ended by CRLF
    :rtype: tuple[str, bytes]
    """
    encoded = binascii.b2a_base64(data, newline=False)
    in_base64 = b"".join(
        encoded[start : start + LINE_LIMIT] + b"\r\n"
        for start in range(0, len(encoded), LINE_LIMIT)
    )
    if not is_text:
        return "base64", in_base64
    quoted = binascii.b2a_qp(data.replace(b"\r\n", b"\n"), istext=True)
    quoted = quoted.replace(b"\n", b"\r\n")
    if len(quoted) > len(in_base64):
        return "base64", in_base64
    return "quoted-printable", quoted


def _percent(octet):
    plain = re.match(rb"[A-Za-z0-9._-]", bytes([octet]))
    return chr(octet) if plain else f"%{octet:02X}"


def _encoded_words(text):
    words, current = [], b""
    # A character must not be torn apart between two words (RFC 2047 5).
    for char in text:
        octets = char.encode("utf-8", "replace")
        if len(current) + len(octets) > _WORD_BYTES:
            words.append(current)
            current = b""
        current += octets
    words.append(current)
    return " ".join(f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in words)
