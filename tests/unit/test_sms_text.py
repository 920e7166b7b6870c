"""Letters and parts of text messages (3GPP TS 23.038 and 23.040)."""

import pytest

from tools.sms_text import (
    is_sender_name,
    measure,
    plain_sender,
    plainer,
    sender_name,
)


@pytest.mark.parametrize(
    ("text", "alphabet", "letters", "parts", "room"),
    [
        ("", "GSM-7", 0, 0, 160),
        ("Hello", "GSM-7", 5, 1, 155),
        ("å" * 160, "GSM-7", 160, 1, 0),
        ("a" * 161, "GSM-7", 161, 2, 145),
        ("a" * 306, "GSM-7", 306, 2, 0),
        ("a" * 307, "GSM-7", 307, 3, 152),
        ("€" * 80, "GSM-7", 160, 1, 0),
        # 152 letters fill a part but for one: the euro sign needs two.
        ("a" * 152 + "€" * 5, "GSM-7", 162, 2, 143),
        ("ě", "UCS-2", 1, 1, 69),
        ("ě" * 70, "UCS-2", 70, 1, 0),
        ("ě" * 71, "UCS-2", 71, 2, 63),
        ("ě" * 134, "UCS-2", 134, 2, 0),
        ("😀", "UCS-2", 2, 1, 68),
        ("ě" * 66 + "😀" + "ě" * 10, "UCS-2", 78, 2, 55),
    ],
)
def test_measure(text, alphabet, letters, parts, room):
    length = measure(text)
    assert (length.alphabet, length.letters) == (alphabet, letters)
    assert (length.parts, length.room) == (parts, room)


def test_letters_that_need_unicode_are_named():
    assert measure("Dobrý večer, děkuji").unicode_because == "ýčě"


def test_plainer_writes_spaces_and_dashes_of_the_basic_alphabet():
    text = "1\xa0000,00\u202fkr 07:00 – 10:00 “x” l’eau…"
    assert plainer(text) == '1 000,00 kr 07:00 - 10:00 "x" l\'eau...'
    assert measure(plainer(text)).alphabet == "GSM-7"


@pytest.mark.parametrize(
    "name", ["Nordvik", "Åhléns AB", "VVS 24", "Elva tecken", "Elfirma 112"]
)
def test_sender_names(name):
    assert is_sender_name(name)
    assert sender_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "Twelve signs", "12345", "Dvořák", "A&B", " Nordvik", "A\nB", "Bob€", "+4670"],
)
def test_no_sender_names(name):
    assert not is_sender_name(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ahlberg Service Aktiebolag", "Ahlberg Ser"),
        ("Björk & Bygg", "Björk Bygg"),
        ("Moravan, s.r.o.", "Moravan s r"),
        ("Dvořák", "Dvorak"),
        ("1234", ""),
        (False, ""),
    ],
)
def test_what_of_a_name_fits(text, name):
    assert sender_name(text) == name


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Nordvik", "Nordvik"),
        ("Nordvik Kyl & Värme AB", "NordvikKylV"),
        ("Åby Rör AB", "AbyRorAB"),
        ("Žižka", "Zizka"),
        ("Sørbø", "Sorbo"),
        ("3M", ""),
        ("Я", ""),
        (None, ""),
    ],
)
def test_sender_names_of_letters_and_digits_only(name, wanted):
    assert plain_sender(name) == wanted
