"""The translations and the list of terms they are read by."""

from pathlib import Path

import polib
import pytest

FOLDER = Path(__file__).parents[2] / "i18n"
# The same word in French
SAME = {"<strong>Type</strong>"}
LANGUAGES = ("cs", "fr", "ro", "sv")


def msgids(name):
    return {entry.msgid for entry in polib.pofile(str(FOLDER / name))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_of_a_language_is_in_the_list(lang):
    """Odoo leaves out what the list of terms lacks, without a word."""
    assert msgids(f"{lang}.po") == msgids("mailroom.pot")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_customer_reads_on_paper_is_translated(lang):
    papers = ("report_work_order", "report_protocol", "booking_answer")
    missing = [
        entry.msgid
        for entry in polib.pofile(str(FOLDER / f"{lang}.po"))
        if any(paper in where for where, _line in entry.occurrences for paper in papers)
        and not entry.msgstr
        and entry.msgid not in SAME
        and any(letter.islower() for letter in entry.msgid)
    ]
    assert not missing
