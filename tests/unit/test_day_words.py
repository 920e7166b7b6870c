"""Days and times as a person of that language writes them (B21)."""

from datetime import date, time

import pytest

from tools.day_words import day_of_visit, interval, long_date, short_date

DAY = date(2023, 10, 6)


@pytest.mark.parametrize(
    ("lang", "visit", "long"),
    [
        ("sv_SE", "fredag 06 oktober", "6 oktober 2023"),
        ("sv_FI", "fredag 06 oktober", "6 oktober 2023"),
        ("en_US", "Friday, October 6", "October 6, 2023"),
        ("cs_CZ", "pátek 6. října", "6. října 2023"),
        ("fr_FR", "vendredi 6 octobre", "6 octobre 2023"),
        ("ro_RO", "vineri, 6 octombrie", "6 octombrie 2023"),
        ("es_ES", "viernes, 6 de octubre", "6 de octubre de 2023"),
        ("hu_HU", "október 6., péntek", "2023. október 6."),
        ("de_DE", "Freitag, 6. Oktober", "6. Oktober 2023"),
    ],
)
def test_days(lang, visit, long):
    assert (day_of_visit(DAY, lang), long_date(DAY, lang)) == (visit, long)


@pytest.mark.parametrize(
    ("lang", "visit", "long"),
    [
        ("fr_FR", "jeudi 1er octobre", "1er octobre 2026"),
        ("fr_CA", "jeudi 1er octobre", "1er octobre 2026"),
        ("ro_RO", "joi, 1 octombrie", "1 octombrie 2026"),
        ("sv_SE", "torsdag 01 oktober", "1 oktober 2026"),
    ],
)
def test_the_first_of_a_month(lang, visit, long):
    first = date(2026, 10, 1)
    assert (day_of_visit(first, lang), long_date(first, lang)) == (visit, long)


def test_a_variant_of_a_language_is_known():
    assert "2023" in long_date(DAY, "sr@latin")


def test_short_date():
    assert short_date(DAY, "dd.MM.yyyy", "cs_CZ") == "06.10.2023"


def test_interval():
    assert interval(time(7), time(10), "sv_SE") == "07:00 – 10:00"
