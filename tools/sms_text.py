"""How long a text message is: letters of the GSM alphabet or of Unicode, and parts.

Source: 3GPP TS 23.038 (alphabets), 3GPP TS 23.040 (messages in parts).
"""

import unicodedata
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Written as two: an escape and a letter.
EXTENSION = frozenset("\f^{}\\[~]|€")
# Alphanumeric address of a sender
SENDER_LIMIT = 11
PLAIN_SENDER_LEAST = 3
# Letters that are no other letter with an accent
_TO_ASCII = str.maketrans(
    {"æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ß": "ss", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D"}
)
GSM_SINGLE, GSM_PART = 160, 153
UNICODE_SINGLE, UNICODE_PART = 70, 67
# Shown like letters of the GSM alphabet, and written by one letter of it.
_PLAINER = str.maketrans(
    {"\xa0": " ", "\u202f": " ", "\u2009": " ", "–": "-", "—": "-", "−": "-"}
    | dict.fromkeys("‘’‚", "'")
    | dict.fromkeys("“”„«»", '"')
    | {"…": "..."}
)


@dataclass(frozen=True)
class SmsLength:
    """What a text message takes.

    ``letters`` counts units of the alphabet, ``room`` is what the last part still
    takes, ``unicode_because`` are the letters that the GSM alphabet lacks.
    """

    alphabet: str
    letters: int
    parts: int
    room: int
    unicode_because: str = ""


def plainer(text):
    """Write spaces, dashes and quotation marks so that they need no Unicode.

    :rtype: str
    """
    return str(text or "").translate(_PLAINER)


def measure(text):
    """Return what a text message takes.

    :param str text: the text as it will leave
    :rtype: SmsLength
    """
    foreign = dict.fromkeys(c for c in text if c not in BASIC and c not in EXTENSION)
    if foreign:
        sizes = [2 if ord(char) > 0xFFFF else 1 for char in text]
        numbers = _parts(sizes, UNICODE_SINGLE, UNICODE_PART)
        return SmsLength("UCS-2", *numbers, "".join(foreign))
    sizes = [2 if char in EXTENSION else 1 for char in text]
    return SmsLength("GSM-7", *_parts(sizes, GSM_SINGLE, GSM_PART))


def _parts(sizes, single, limit):
    """Return ``(letters, parts, room)``; no letter is cut in two."""
    letters = sum(sizes)
    if letters <= single:
        return letters, int(bool(letters)), single - letters
    parts, used = 1, 0
    for size in sizes:
        if used + size > limit:
            parts, used = parts + 1, 0
        used += size
    return letters, parts, limit - used


def is_sender_name(name):
    """Return whether a text can stand in the place of the sender's number: letters and
    digits of the GSM alphabet and spaces, 11 at most, not only digits.

    Source: 3GPP TS 23.040 9.1.2.5 (alphanumeric address of 11 characters).

    :rtype: bool
    """
    fits = all(c == " " or (c in BASIC and c.isalnum()) for c in name)
    letter = any(c.isalpha() for c in name)
    return 0 < len(name) <= SENDER_LIMIT and fits and letter and name == name.strip()


def sender_name(text):
    """Return what of a name can stand in the place of the sender's number, may be
    empty.

    :rtype: str
    """
    kept = "".join(_plain_letter(char) for char in str(text or ""))
    name = " ".join(kept.split())[:SENDER_LIMIT].strip()
    return name if is_sender_name(name) else ""


def plain_sender(name):
    """Return a sender name for gateways that take 3 to 11 letters (a to z) and digits.

    :param str name: may be anything
    :return: empty when too little is left
    :rtype: str
    """
    letters = unicodedata.normalize("NFKD", str(name or "").translate(_TO_ASCII))
    kept = "".join(c for c in letters if c.isascii() and c.isalnum())
    return kept[:SENDER_LIMIT] if len(kept) >= PLAIN_SENDER_LEAST else ""


def _plain_letter(char):
    """Return a letter of the GSM alphabet for another one, a space for a sign."""
    if char in BASIC and char.isalnum():
        return char
    base = unicodedata.normalize("NFKD", char)[:1]
    return base if base in BASIC and base.isalnum() else " "
