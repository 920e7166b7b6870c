"""Text that is safe to put into a mail header, whatever a customer typed."""

import re

#: C0 and C1 controls, line and paragraph separators, characters that turn the
#: reading direction around (a name can otherwise be shown backwards), lone surrogates.
CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)
# The start of an encoded word (RFC 2047): some parsers decode it a second time, and
# what comes out may be a line break followed by a header of the attacker's.
_ENCODED_WORD = re.compile(r"=(?=\?)")
_BLANKS = re.compile(r"\s+")

SUBJECT_LIMIT = 250
# Longer unbroken names make older email libraries write an empty line into the header.
NAME_LIMIT = 64


def clean(value, limit=SUBJECT_LIMIT):
    """Make a text harmless in any header, keeping it readable.

    :param str value: what was typed, or a falsy value
    :param int limit: longest result, in characters
    :return: one line without control characters and encoded words
    :rtype: str
    """
    # Cut roughly first: a megabyte is not worth cleaning to keep 250 characters of it.
    text = str(value or "")[: limit * 20]
    text = _ENCODED_WORD.sub("= ", CONTROL.sub(" ", text))
    return _BLANKS.sub(" ", text).strip()[:limit].rstrip()


def clean_name(value):
    """Make a display name harmless: no ``@``, which would look like an address.

    :param str value: what was typed, or a falsy value
    :return: the name, at most ``NAME_LIMIT`` characters
    :rtype: str
    """
    # The at sign has a full-width and a small twin that look alike on a screen.
    return clean(re.sub("[@\uff20\ufe6b]+", " ", str(value or "")), NAME_LIMIT)


def clean_subject(value):
    """Make a subject harmless.

    :param str value: what was typed, or a falsy value
    :return: the subject, at most ``SUBJECT_LIMIT`` characters
    :rtype: str
    """
    return clean(value, SUBJECT_LIMIT)
