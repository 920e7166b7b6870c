"""Whether a PDF is the right one: the worst mistake is another customer's invoice."""

import re

from .pdf_text import page_texts

#: Why a PDF must not be sent.
PDF_CODES = ("unreadable", "no_pages", "number_missing", "foreign_number")

# Invisible characters that may stand inside a printed number.
_INVISIBLE = re.compile("[\x00\u00ad\u200b-\u200d\u2060\ufeff]")


class PdfProblem(Exception):
    """A PDF is not what it should be.

    :ivar str code: one of ``PDF_CODES``, or what else the caller puts in
    :ivar str number: the foreign number that was found
    """

    def __init__(self, code, number=""):
        super().__init__(code)
        self.code = code
        self.number = number


def check_pdf(data, number, foreign_numbers=()):
    """Make sure that a PDF can be opened and belongs to a document.

    :param bytes data: the file
    :param str number: the document's number, which must stand in the text
    :param foreign_numbers: numbers that must not; leave out those the document
        rightly mentions, e.g. the invoice a credit note is about
    :raise PdfProblem: when it does not
    """
    text = _INVISIBLE.sub("", "\n".join(_pages(data)))
    if not contains(text, number):
        raise PdfProblem("number_missing")
    for foreign in foreign_numbers:
        if foreign and foreign != number and contains(text, foreign):
            raise PdfProblem("foreign_number", foreign)


def contains(text, number):
    """Tell whether a number stands in a text as a whole.

    A text read from a PDF has breaks in odd places, so blanks inside the number do not
    count. What touches it without a blank does: ``S0001`` is not in ``S00010``,
    ``S0001-1`` or ``RS0001``. Small letters before it are a label that lost its blank.

    :param str text: text of the document
    :param str number: document number
    :rtype: bool
    """
    characters = [re.escape(char) for char in re.sub(r"\s+", "", number)]
    if not characters:
        return False
    before, after = r"(?<![A-Z0-9/_-])", r"(?![0-9]|[/_-][A-Za-z0-9])"
    return bool(re.search(before + r"\s*".join(characters) + after, text))


def _pages(data):
    try:
        pages = page_texts(data)
    except Exception as error:
        # The libraries fail on broken files in every way there is.
        raise PdfProblem("unreadable") from error
    if not pages:
        raise PdfProblem("no_pages")
    return pages
