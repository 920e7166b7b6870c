"""Numbers as people write them (B2, F10)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.phone import PhoneError, is_textable, parse_mobile, parse_number

E164 = re.compile(r"\+[1-9][0-9]{5,14}")


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("070-512 34 56", "SE", "+46705123456"),
        ("0705123456", "se", "+46705123456"),
        ("070 512 34 56", "SE", "+46705123456"),
        ("070/512.34.56", "SE", "+46705123456"),
        ("(070) 512 34 56", "SE", "+46705123456"),
        ("070–512 34 56", "SE", "+46705123456"),
        ("\u202a+46 70 512 34 56\u202c", "SE", "+46705123456"),
        ("+46705123456", "", "+46705123456"),
        ("+46 (0)70 512 34 56", "", "+46705123456"),
        ("+46 (0) 70-512 34 56", "CZ", "+46705123456"),
        ("0046 70 512 34 56", "SE", "+46705123456"),
        ("00 46 (0)70 512 34 56", "CZ", "+46705123456"),
        ("46705123456", "SE", "+46705123456"),
        ("602 123 456", "CZ", "+420602123456"),
        ("+420 602 123 456", "SE", "+420602123456"),
        ("0722 123 456", "RO", "+40722123456"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("412 34 567", "NO", "+4741234567"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("07400 123456", "GB", "+447400123456"),
        # In North America a number does not tell what it is.
        ("(202) 555-0123", "US", "+12025550123"),
        # Where no zero stands before, none is taken away.
        ("+39 312 345 6789", "", "+393123456789"),
    ],
)
def test_a_mobile_number_gets_its_country_code(text, country, number):
    assert parse_mobile(text, country) == number
    assert is_textable(text, country)


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("", "SE", "empty"),
        ("   ", "SE", "empty"),
        (None, "SE", "empty"),
        (False, "SE", "empty"),
        ("call me", "SE", "letters"),
        ("070-512 34 56 Anna", "SE", "letters"),
        ("070;512", "SE", "signs"),
        ("+", "SE", "signs"),
        ("070+5123456", "SE", "signs"),
        ("٠٧٠٥١٢٣٤٥٦", "SE", "signs"),
        ("070-512", "SE", "impossible"),
        ("112", "SE", "too_short"),
        ("+46 70", "", "too_short"),
        ("070-512 34 56 78 90 12", "SE", "too_long"),
        ("1" * 61, "SE", "too_long"),
        ("070-512 34 56", "", "no_country"),
        ("070-512 34 56", "XX", "no_country"),
        ("+999 123 456 789", "SE", "no_country"),
        ("075-123 45 67 8", "SE", "impossible"),
        ("08-123 45 67", "SE", "landline"),
        ("+420 224 123 456", "SE", "landline"),
        ("01 42 68 53 00", "FR", "landline"),
        ("020-12 34 56", "SE", "landline"),
    ],
)
def test_what_cannot_be_texted_is_refused(text, country, code):
    with pytest.raises(PhoneError) as caught:
        parse_mobile(text, country)
    assert caught.value.code == code
    assert not is_textable(text, country)


def test_a_landline_is_a_number_all_the_same():
    assert parse_number("08-123 45 67", "SE") == "+4681234567"


def test_the_text_is_kept_but_not_a_novel():
    with pytest.raises(PhoneError) as caught:
        parse_mobile("x" * 5000, "SE")
    assert caught.value.text == "x" * 60


@given(st.text(max_size=80), st.sampled_from(["SE", "CZ", "RO", "US", "", "??"]))
def test_whatever_is_typed_is_a_number_or_refused(text, country):
    try:
        number = parse_number(text, country)
    except PhoneError as error:
        assert error.code and error.text == text[:60]
    else:
        assert E164.fullmatch(number)
        assert parse_number(number) == number


@given(st.text("0123456789+ ()-./", max_size=24), st.sampled_from(["SE", "FR", "GB"]))
def test_digits_in_any_dress(text, country):
    try:
        number = parse_mobile(text, country)
    except PhoneError:
        return
    assert E164.fullmatch(number)
    assert parse_mobile(number, "") == number
