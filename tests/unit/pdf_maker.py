"""Small PDF files, written by hand: in plain letters, or in numbered glyphs placed one
by one as wkhtmltopdf does."""

HEAD = b"%PDF-1.4\n"


def make_pdf(*pages, glyphs=False):
    """Make a PDF.

    :param pages: for each page its lines of text
    :param bool glyphs: number the glyphs instead of writing letters
    :rtype: bytes
    """
    font, encode = _glyph_font(pages) if glyphs else _letter_font()
    # 1 catalogue, 2 page tree, 3 and 4 font, then a page and its content each.
    numbers = [5 + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *font,
    ]
    for number, lines in zip(numbers, pages, strict=True):
        objects += [_page(number + 1), _stream(_content(lines, encode))]
    return _file(objects)


def _page(content):
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % content
    )


def _content(lines, encode):
    blocks = []
    for index, line in enumerate(lines):
        start = b"BT\n/F1 12 Tf\n1 0 0 1 0 0 Tm\n50 %d Td\n" % (800 - 20 * index)
        blocks.append(start + encode(line) + b"\nET\n")
    return b"".join(blocks)


def _letter_font():
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"

    def encode(line):
        escaped = line.encode("latin-1").replace(b"\\", rb"\\")
        return b"(%s) Tj" % escaped.replace(b"(", rb"\(").replace(b")", rb"\)")

    return [font, b"<< >>"], encode


def _glyph_font(pages):
    letters = sorted({char for lines in pages for line in lines for char in line})
    numbers = {char: index for index, char in enumerate(letters, 1)}
    targets = " ".join(f"<{ord(char):04X}>" for char in letters)
    table = (
        "begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"1 beginbfrange\n<0001> <{len(letters):04X}> [{targets}]\nendbfrange\nendcmap"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/DW 600 >>] /ToUnicode 4 0 R >>"
    )

    def encode(line):
        shown = (b"<%04X> Tj" % numbers[char] for char in line)
        return b"\n7.2 0 Td\n".join(shown)

    return [font, _stream(table.encode())], encode


def _stream(data):
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects):
    body, offsets = HEAD, []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, entries)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + trailer % (size, len(body))
