"""Phone numbers as people write them, and as a gateway wants them (ITU-T E.164)."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

# What may stand between digits; "(0)" is read over where a country code stands before.
_BETWEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff./()\-\u2010-\u2015]")
_TRUNK_ZERO = re.compile(r"(?<=\d)\s*\(\s*0\s*\)")
_NUMBER = re.compile(r"\+?[0-9]+")
_LETTERS = re.compile(r"[^\W\d_]")
_LONGEST_TEXT = 60
# Where the numbering plan does not tell mobiles from landlines, both may be texted.
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_IMPOSSIBLE = {
    ValidationResult.TOO_SHORT: "too_short",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
    ValidationResult.TOO_LONG: "too_long",
    ValidationResult.INVALID_COUNTRY_CODE: "no_country",
}


class PhoneError(ValueError):
    """A text is no number that can be texted.

    :ivar str code: ``empty``, ``letters``, ``signs``, ``too_short``, ``too_long``,
        ``no_country``, ``impossible`` or ``landline``
    :ivar str text: what was given
    """

    def __init__(self, code, text):
        self.text = str(text or "")[:_LONGEST_TEXT]
        super().__init__(f"{code}: {self.text}")
        self.code = code


def parse_number(text, country=""):
    """Return a number as E.164 has it: ``070-512 34 56`` in Sweden is ``+46705123456``.

    :param str text: as a person writes it; spaces, dashes, slashes, ``(0)`` and a
        leading ``00`` are understood
    :param str country: ISO code of the country for numbers without one
    :rtype: str
    :raise PhoneError: when it cannot be a number
    """
    return phonenumbers.format_number(
        _parse(text, country), phonenumbers.PhoneNumberFormat.E164
    )


def parse_mobile(text, country=""):
    """Return a number that takes text messages, as :func:`parse_number` does.

    :raise PhoneError: also for a landline
    """
    number = _parse(text, country)
    if phonenumbers.number_type(number) not in _MOBILE:
        raise PhoneError("landline", text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_textable(text, country=""):
    """Return whether a text is a number that takes text messages.

    :rtype: bool
    """
    try:
        parse_mobile(text, country)
    except PhoneError:
        return False
    return True


def _parse(text, country):
    """Return the number, valid in its country's numbering plan."""
    digits = _digits(text)
    region = (country or "").upper() or None
    if not digits.startswith("+") and region not in phonenumbers.SUPPORTED_REGIONS:
        raise PhoneError("no_country", text)
    try:
        number = phonenumbers.parse(digits, region)
    except NumberParseException as error:
        raise PhoneError(_code(error), text) from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in _IMPOSSIBLE:
        raise PhoneError(_IMPOSSIBLE[reason], text)
    if not phonenumbers.is_valid_number(number):
        raise PhoneError("impossible", text)
    return number


def _digits(text):
    """Return a text as digits with + before the country code, if there is one."""
    text = str(text or "")
    if not text.strip():
        raise PhoneError("empty", text)
    if len(text) > _LONGEST_TEXT:
        raise PhoneError("too_long", text)
    if _LETTERS.search(text):
        raise PhoneError("letters", text)
    written = text.strip()
    abroad = written.lstrip("(").startswith(("+", "00"))
    if abroad:
        written = _TRUNK_ZERO.sub("", written)
    digits = _BETWEEN.sub("", written)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if not _NUMBER.fullmatch(digits):
        raise PhoneError("signs", text)
    return digits


def _code(error):
    """Return our code for an error of the library."""
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return "no_country"
    if error.error_type == NumberParseException.TOO_LONG:
        return "too_long"
    return "too_short"
