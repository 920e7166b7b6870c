"""The text of a PDF, with whichever of Odoo's PDF libraries is there."""

import io
import re

try:
    import PyPDF2 as library
except ImportError:
    # Its successor, which newer distributions ship instead.
    import pypdf as library

# Operators that show text, and those that start it at another place (ISO 32000 9.4).
_SHOW = frozenset({b"Tj", b"TJ", b"'", b'"'})
_MOVE = frozenset({b"Td", b"TD", b"Tm", b"T*", b"'", b'"', b"BT", b"ET"})
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])")
_PAIR = re.compile(rb"<(\w+)>\s*<(\w+)>")


def page_texts(data):
    """Read a PDF.

    :param bytes data: the file
    :return: the text of each page
    :rtype: list[str]
    :raise Exception: of any kind the library knows, when it cannot be read
    """
    if hasattr(library, "PdfReader"):
        reader = library.PdfReader(io.BytesIO(data), strict=False)
        return [page.extract_text() or "" for page in reader.pages]
    reader = library.PdfFileReader(io.BytesIO(data), strict=False)
    pages = [reader.getPage(index) for index in range(reader.numPages)]
    return [f"{page.extractText()}\n{_text(page, reader)}" for page in pages]


def _text(page, reader):
    """Do what PyPDF2 1.26 (Odoo's on Python 3.10) does not: read fonts that number
    their glyphs, as wkhtmltopdf's do."""
    if "/Contents" not in page:
        return ""
    stream = library.pdf.ContentStream(page["/Contents"].getObject(), reader)
    fonts = page["/Resources"].get("/Font", {})
    maps = {name: _glyph_map(font.getObject()) for name, font in fonts.items()}
    shown, glyphs = [], {}
    for operands, operator in stream.operations:
        # Along the line wkhtmltopdf moves on after every glyph: that is no blank.
        if operator in _MOVE and not (operator == b"Td" and operands[1] == 0):
            shown.append("\n")
        if operator == b"Tf":
            glyphs = maps.get(operands[0], {})
        elif operator in _SHOW:
            items = operands[-1] if operator == b"TJ" else operands[-1:]
            shown += [_decoded(item, glyphs) for item in items]
    return "".join(shown)


def _glyph_map(font):
    """Read a font's ToUnicode table, ``{glyph number: text}`` (ISO 32000 9.10.3)."""
    if font.get("/Subtype") != "/Type0" or "/ToUnicode" not in font:
        return {}
    table, glyphs = font["/ToUnicode"].getObject().getData(), {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in _PAIR.findall(section):
            glyphs[int(glyph, 16)] = _character(text)
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, start, texts in _RANGE.findall(section):
            numbers = range(int(first, 16), min(int(last, 16), 0xFFFF) + 1)
            texts = re.findall(rb"<(\w+)>", texts) or [
                b"%04X" % (int(start, 16) % 0x10000 + step)
                for step in range(len(numbers))
            ]
            glyphs.update(zip(numbers, map(_character, texts), strict=False))
    return glyphs


def _character(digits):
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _decoded(item, glyphs):
    if not hasattr(item, "__len__"):
        # A number: how far apart two pieces of one line stand.
        return ""
    raw = item if isinstance(item, bytes) else item.original_bytes
    if not glyphs:
        return raw.decode("latin-1")
    numbers = zip(raw[::2], raw[1::2], strict=False)
    return "".join(glyphs.get(high << 8 | low, "") for high, low in numbers)
