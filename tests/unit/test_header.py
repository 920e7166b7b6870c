"""Header texts are one clean line, whatever went in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.header import CONTROL, NAME_LIMIT, clean, clean_name, clean_subject

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from('\r\n\t\x00=?@"<>,;:\\ \u2028\u202e\x85'),
    ),
    max_size=400,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Invoice 7", "Invoice 7"),
        ("  two   blanks ", "two blanks"),
        ("a\r\nBcc: x@y.de", "a Bcc: x@y.de"),
        ("a\x00b", "a b"),
        ("a\u2028b\u2029c", "a b c"),
        ("gpj\u202eexe", "gpj exe"),
        ("lone \ud800 half", "lone half"),
        ("=?utf-8?q?x=0D=0ABcc:y?=", "= ?utf-8?q?x=0D=0ABcc:y?="),
        ("==??", "== ??"),
        ("Grüße 😀", "Grüße 😀"),
        (None, ""),
        (False, ""),
        ("", ""),
    ],
)
def test_clean(typed, kept):
    assert clean(typed) == kept


def test_the_limit_is_in_characters_and_leaves_no_blank_at_the_end():
    assert clean("ü" * 300) == "ü" * 250
    assert clean("ab cd", 3) == "ab"


def test_a_megabyte_is_cleaned_quickly():
    assert len(clean("=?" * 1_000_000)) == 250


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jane Doe", "Jane Doe"),
        ("boss@bank.test", "boss bank.test"),
        ("boss\uff20bank.test", "boss bank.test"),
        ("x" * 100, "x" * NAME_LIMIT),
    ],
)
def test_a_display_name_cannot_pose_as_an_address(typed, kept):
    assert clean_name(typed) == kept


@settings(max_examples=1000)
@given(NASTY)
def test_clean_texts_are_harmless_and_stay_as_they_are(text):
    for function, limit in ((clean_subject, 250), (clean_name, NAME_LIMIT)):
        result = function(text)
        assert len(result) <= limit
        assert not CONTROL.search(result)
        assert "=?" not in result
        assert function(result) == result
    assert "@" not in clean_name(text)
