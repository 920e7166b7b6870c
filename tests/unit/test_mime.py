"""Header lines and bodies stay inside their lines and come back as they went in."""

import base64
import email.header
import email.message
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.mime import (
    LINE_LIMIT,
    encode_body,
    encode_mailbox,
    encode_parameter,
    encode_text,
    header,
    text_bytes,
)

PRINTABLE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=250
)


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ("short", b"Subject: short\r\n"),
        ("", b"Subject: \r\n"),
        ("a" * 70 + " " + "b" * 70, b"Subject: %s\r\n %s\r\n" % (b"a" * 70, b"b" * 70)),
        # One long word stays on the first line: an empty one confuses old servers.
        ("a" * 300, b"Subject: %s\r\n" % (b"a" * 300)),
        ("a" * 60 + " " * 60, b"Subject: %s%s\r\n" % (b"a" * 60, b" " * 60)),
    ],
)
def test_folding(value, raw):
    assert header("Subject", value) == raw


@settings(max_examples=500)
@given(st.text(st.sampled_from('ab  ,<>"=?'), max_size=300))
def test_unfolding_gives_the_value_back_and_no_line_is_blank(value):
    raw = header("X", value).decode()
    assert raw.replace("\r\n", "") == f"X: {value}"
    assert all(line.strip() for line in raw.removesuffix("\r\n").split("\r\n"))


@settings(max_examples=500)
@given(PRINTABLE)
def test_any_text_is_read_back_and_its_words_fit(text):
    encoded = encode_text(text)
    assert encoded.isascii()
    words = encoded.split(" ") if encoded.startswith("=?utf-8?b?") else []
    assert all(len(word) <= 75 for word in words)
    decoded = str(email.header.make_header(email.header.decode_header(encoded)))
    assert decoded == text or text.isascii()


def test_no_character_is_torn_apart_between_words():
    for word in encode_text("€" * 100).split(" "):
        assert set(base64.b64decode(word[10:-2]).decode()) == {"€"}


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("", "a@b.de"),
        ("Jane Doe", "Jane Doe <a@b.de>"),
        ("Doe, Jane", '"Doe, Jane" <a@b.de>'),
        ('J "x" \\', '"J \\"x\\" \\\\" <a@b.de>'),
        ("Dr. No", '"Dr. No" <a@b.de>'),
        ("Käthe", "=?utf-8?b?S8OkdGhl?= <a@b.de>"),
        ("a =? b", "=?utf-8?b?YSA9PyBi?= <a@b.de>"),
    ],
)
def test_mailbox(name, encoded):
    assert encode_mailbox(name, "a@b.de") == encoded


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ("S00042.pdf", 'filename="S00042.pdf"'),
        ("Größe.pdf", "filename*0*=utf-8''Gr%C3%B6%C3%9Fe.pdf"),
        ("it's.pdf", "filename*0*=utf-8''it%27s.pdf"),
    ],
)
def test_parameter(value, encoded):
    assert encode_parameter("filename", value) == encoded


@settings(max_examples=500)
@given(st.text(st.characters(categories=("L", "Nd", "M")), min_size=1, max_size=100))
def test_any_parameter_is_read_back_and_folds(value):
    message = email.message.Message()
    line = header(
        "Content-Disposition", f"attachment; {encode_parameter('filename', value)}"
    )
    assert all(len(part) <= LINE_LIMIT + 2 for part in line.split(b"\r\n"))
    message["Content-Disposition"] = (
        line.decode().partition(": ")[2].replace("\r\n", "")
    )
    assert message.get_filename() == value


def test_line_ends_are_made_one_kind():
    assert text_bytes("a\nb\r\nc\rd\n\r") == b"a\r\nb\r\nc\r\nd\r\n\r\n"
    assert text_bytes("\ud800") == b"?"


@pytest.mark.parametrize(
    ("data", "is_text", "encoding"),
    [
        (b"plain text", True, "quoted-printable"),
        ("Grüße aus Köln, mit besten Empfehlungen".encode(), True, "quoted-printable"),
        ("Привет, мир".encode(), True, "base64"),
        (b"plain text", False, "base64"),
    ],
)
def test_the_shorter_encoding_of_a_text_is_taken(data, is_text, encoding):
    assert encode_body(data, is_text)[0] == encoding


@settings(max_examples=800)
@given(
    st.text(st.one_of(st.characters(), st.sampled_from("=. \t\n\r\x00F")), max_size=300)
)
def test_texts_are_read_back_in_short_lines(text):
    data = text_bytes(text)
    encoding, encoded = encode_body(data, is_text=True)
    decode = {"base64": base64.b64decode, "quoted-printable": quopri.decodestring}
    assert decode[encoding](encoded) == data
    assert encoded.isascii() and b"=_" not in encoded
    lines = encoded.split(b"\r\n")
    assert all(len(line) <= LINE_LIMIT for line in lines)
    assert not any(set(line) & set(b"\r\n\0") for line in lines)


@settings(max_examples=100)
@given(st.binary(max_size=1000))
def test_files_are_read_back(data):
    encoding, encoded = encode_body(data, is_text=False)
    assert encoding == "base64" and base64.b64decode(encoded) == data
