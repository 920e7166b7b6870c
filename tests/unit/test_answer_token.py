"""Tokens of the links with which customers answer (G11, S12)."""

import random
import string

import pytest

from tools.answer_token import make_token, read_token

KEY = b"the database's secret"
TOKEN = make_token(KEY, 4711, 123456)


def test_a_token_names_thing_and_reader():
    assert read_token(KEY, TOKEN) == (4711, 123456)


def test_a_token_is_short_and_needs_no_quoting():
    assert len(TOKEN) < 32
    assert set(TOKEN) <= set(string.ascii_letters + string.digits + "-_")
    assert TOKEN[-1].isalnum(), "an SMS program would leave it out of the link"


@pytest.mark.parametrize("at", range(len(TOKEN)))
def test_no_character_can_be_altered(at):
    for digit in string.ascii_letters + string.digits + "-_":
        altered = TOKEN[:at] + digit + TOKEN[at + 1 :]
        assert altered == TOKEN or read_token(KEY, altered) is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        "-",
        "x" * 23,
        TOKEN[:22],
        TOKEN + "0",
        TOKEN[:22] + "0" + TOKEN[22:],
        TOKEN.upper(),
        f" {TOKEN}",
        f"{TOKEN}\n",
        TOKEN.replace("-", "--"),
        TOKEN + "å",
        "é" * 30,
        "9" * 100_000,
        f"{TOKEN[:22]}-1--1",
    ],
)
def test_what_we_did_not_make_is_nothing(token):
    assert read_token(KEY, token) is None


def test_another_database_another_thing_another_reader():
    assert read_token(b"another secret", TOKEN) is None
    for other in (make_token(KEY, 4712, 123456), make_token(KEY, 4711, 123457)):
        assert other[:22] != TOKEN[:22]
        assert read_token(KEY, other[:22] + TOKEN[22:]) is None


def test_guessing_does_not_help():
    source = random.Random(1)
    letters = string.ascii_letters + string.digits + "-_"
    for _ in range(1000):
        mac = "".join(source.choices(letters, k=22))
        assert read_token(KEY, mac + TOKEN[22:]) is None
