"""Values of tags, and how each is written down for the place it stands in."""

import html
import re
from dataclasses import dataclass
from urllib.parse import quote

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
# Nothing in it that could add a header or another recipient
_MAILBOX = re.compile(r"[^@\s:/?&#]+@[^@\s:/?&#]+")
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_CELL = "padding:6px 10px 6px 0;border-bottom:1px solid #e5e7eb;vertical-align:top;"


@dataclass(frozen=True)
class Listing:
    """Several texts: a list in a mail, lines elsewhere."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of texts under a head: a table in a mail, lines elsewhere.

    ``right`` are the columns that hold numbers.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rich:
    """A piece of HTML that the program itself has cleaned, with its plain text."""

    html: str
    text: str


@dataclass(frozen=True)
class Link:
    """An address made by the program: something to click in a mail, words elsewhere."""

    url: str


Value = str | Listing | Table | Rich | Link


def is_empty(value):
    """Return whether a value prints as nothing."""
    return not plain(value).strip()


def is_block(value):
    """Return whether a value cannot stand inside a paragraph."""
    return isinstance(value, Listing | Table) or (
        isinstance(value, Rich)
        and bool(re.search(r"<(?:p|div|ul|ol|table)\b", value.html))
    )


def plain(value):
    """Return a value as text, without control characters.

    :rtype: str
    """
    if isinstance(value, Listing):
        text = "\n".join(value.items)
    elif isinstance(value, Table):
        text = "\n".join(" – ".join(filter(None, row)) for row in value.rows)
    elif isinstance(value, Rich):
        text = value.text
    elif isinstance(value, Link):
        text = value.url
    else:
        text = str(value or "")
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def write(value, place, block=False):
    """Write a value down for its place.

    :param Value value: what the tag gives
    :param str place: one of ``placeholder.PLACES``
    :param bool block: whether lists and tables may be elements of their own
    :return: text that cannot become anything but text there
    :rtype: str
    """
    if place == "nowhere":
        return ""
    if place == "plain":
        return plain(value)
    if place == "text":
        return _write_text(value, block)
    text = plain(value)
    if place == "label":
        return _lines(text)
    if place == "attribute":
        return html.escape(" ".join(text.split()))
    if place == "url":
        return html.escape(_url(text) or "#")
    return quote(text, safe="@" if place == "query" else "@+")


def _url(text):
    """Return an address that may be clicked, empty for anything else."""
    url = _NOT_IN_URL.sub("", text)
    if _MAILBOX.fullmatch(url):
        return f"mailto:{url}"
    return url if _SCHEME.match(url) else ""


def _write_text(value, block):
    if isinstance(value, Link) and (url := _url(value.url)):
        return f'<a href="{html.escape(url)}">{html.escape(url)}</a>'
    if isinstance(value, Rich) and (block or not is_block(value)):
        return value.html
    if block and isinstance(value, Listing):
        items = "".join(f"<li>{_lines(item)}</li>" for item in value.items)
        return f'<ul style="margin:0;padding-left:20px;">{items}</ul>'
    if block and isinstance(value, Table):
        return _write_table(value)
    return _lines(plain(value))


def _lines(text):
    return html.escape(text).replace("\n", "<br/>")


def _write_table(table):
    head = _row(table, table.head, "th", "font-weight:bold;") if any(table.head) else ""
    rows = "".join(_row(table, row, "td", "") for row in table.rows)
    return (
        '<table cellpadding="0" cellspacing="0" border="0" width="100%" '
        'style="border-collapse:collapse;font-size:14px;line-height:20px;">'
        f"{head}{rows}</table>"
    )


def _row(table, cells, element, style):
    written = (_cell(table, *cell, element, style) for cell in enumerate(cells))
    return f"<tr>{''.join(written)}</tr>"


def _cell(table, number, text, element, style):
    align = "right" if number in table.right else "left"
    return (
        f'<{element} align="{align}" style="{_CELL}{style}text-align:{align};">'
        f"{_lines(text)}</{element}>"
    )
