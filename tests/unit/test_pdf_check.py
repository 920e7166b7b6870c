"""The right PDF passes, and no other."""

import pytest
from pdf_maker import make_pdf

from tools.pdf_check import PDF_CODES, PdfProblem, check_pdf, contains

NUMBER = "INV/2025/00001"


def problem(*args):
    try:
        check_pdf(*args)
    except PdfProblem as caught:
        return caught.code
    return None


@pytest.mark.parametrize("glyphs", [False, True])
def test_the_right_one(glyphs):
    pdf = make_pdf(["Invoice", NUMBER, "12 pieces"], ["page 2"], glyphs=glyphs)
    assert problem(pdf, NUMBER) is None
    assert problem(pdf, NUMBER, [NUMBER, "INV/2025/00002", ""]) is None


@pytest.mark.parametrize("glyphs", [False, True])
@pytest.mark.parametrize(
    ("lines", "foreign", "code"),
    [
        (["INV/2025/00002"], [], "number_missing"),
        (["INV/2025/000010"], [], "number_missing"),
        (["RINV/2025/00001"], [], "number_missing"),
        ([NUMBER, "INV/2025/00002"], ["INV/2025/00002"], "foreign_number"),
        ([NUMBER, "INV/2025/00002"], ["INV/2025/00003"], None),
        ([NUMBER, "INV/2025/0000123"], ["INV/2025/0000"], None),
        ([NUMBER, "INV/2025/0000123"], ["INV/2025/0000123"], "foreign_number"),
    ],
)
def test_the_wrong_one(lines, foreign, code, glyphs):
    assert problem(make_pdf(lines, glyphs=glyphs), NUMBER, foreign) == code


def test_a_foreign_number_on_a_later_page_is_named():
    pdf = make_pdf([NUMBER], ["S00042"])
    with pytest.raises(PdfProblem) as caught:
        check_pdf(pdf, NUMBER, ["S00041", "S00042"])
    assert (caught.value.code, caught.value.number) == ("foreign_number", "S00042")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4",
        b"<html>INV/2025/00001</html>",
        make_pdf([NUMBER])[:300],
        b"\0" * 99,
    ],
)
def test_a_broken_file(data):
    assert problem(data, NUMBER) in ("unreadable", "no_pages")


def test_no_pages():
    assert problem(make_pdf(), NUMBER) == "no_pages"


def test_a_page_without_text():
    assert problem(make_pdf([]), NUMBER) == "number_missing"


def test_the_codes_are_those_of_the_list():
    assert PDF_CODES == ("unreadable", "no_pages", "number_missing", "foreign_number")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Invoice S0001", "S0001"),
        ("InvoiceS0001", "S0001"),
        ("S0001Customer", "S0001"),
        ("(S0001)", "S0001"),
        ("S0001.", "S0001"),
        ("No.S0001", "S0001"),
        ("INV/20\n25/00 001", "INV/2025/00001"),
        ("RE 2025 001", "RE 2025 001"),
        ("RE2025001", "RE 2025 001"),
        ("RE\u00a02025\u00a0001", "RE 2025 001"),
        ("S0001\n2025-03-28", "S0001"),
        ("S00010 and S0001", "S0001"),
        ("a.b*c", "a.b*c"),
        ("S0001 - draft", "S0001"),
    ],
)
def test_contained(text, number):
    assert contains(text, number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("S00010", "S0001"),
        ("RS0001", "S0001"),
        ("1S0001", "S0001"),
        ("S0001-1", "S0001"),
        ("S0001/A", "S0001"),
        ("X/S0001", "S0001"),
        ("INV/2025/0001", "2025/0001"),
        ("s0001", "S0001"),
        ("S 1000", "S0001"),
        ("axbxc", "a.b.c"),
        ("anything", ""),
        ("anything", " "),
    ],
)
def test_not_contained(text, number):
    assert not contains(text, number)


def test_sixty_documents_in_a_row():
    numbers = [f"S{number:05}" for number in range(60)]
    for number in numbers:
        check_pdf(make_pdf(["Order", number], glyphs=True), number, numbers)
