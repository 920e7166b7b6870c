"""Tokens that let one person answer about one thing without a login.

A token names the thing and its reader and carries a MAC over both, so that nothing has
to be stored and none can be guessed: 128 bits of HMAC-SHA256 (RFC 2104, section 5:
half of the hash is enough).
"""

import base64
import hashlib
import hmac

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAC_BYTES = 16
_MAC_LENGTH = 22
# Longer than any token of ours; nothing longer is looked at.
_LONGEST = 64


def make_token(key, thing, reader):
    """Return the token of a reader for a thing, fit for an address and for an SMS.

    :param bytes key: secret of the database
    :param int thing: id of what is answered
    :param int reader: id of who may answer
    :rtype: str
    """
    name = f"{_digits(thing)}-{_digits(reader)}"
    mac = hmac.new(key, name.encode(), hashlib.sha256).digest()[:_MAC_BYTES]
    return base64.urlsafe_b64encode(mac).decode().rstrip("=") + name


def read_token(key, token):
    """Return ``(thing, reader)`` of a token, None when we did not make it.

    :param bytes key: secret of the database
    :param str token: what came in, anything at all
    """
    if len(token) > _LONGEST or not token.isascii():
        return None
    thing, _dash, reader = token[_MAC_LENGTH:].partition("-")
    try:
        ids = int(thing, 36), int(reader, 36)
    except ValueError:
        return None
    # Made anew and compared as a whole: there is one way only to write a token.
    wanted = make_token(key, *(abs(number) for number in ids))
    return ids if hmac.compare_digest(wanted.encode(), token.encode()) else None


def _digits(number):
    """Return a number in base 36, the shortest that survives any telephone."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"
