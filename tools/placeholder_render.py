"""Putting values in: the last thing that happens to a text."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from .placeholder import Close, Open, Tag, Template
from .placeholder_markup import only_markup
from .placeholder_value import Value, is_block, is_empty, write

_PARAGRAPH_BEFORE = re.compile(r"<p(\s[^<>]*)?>(\s*)\Z", re.IGNORECASE)
_PARAGRAPH_AFTER = re.compile(r"(\s*)</p>", re.IGNORECASE)

# What a catalogue gives for a name in lower case; None: there is no such tag.
Lookup = Callable[[str], Value | None]


@dataclass(frozen=True)
class Rendered:
    """A finished text, with the tags that gave nothing and those nobody knows."""

    text: str
    empty: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def render(template: Template, lookup: Lookup) -> Rendered:
    """Put the values of one document into a text.

    :param Template template: what ``parse`` returned; faults are printed as they stand
    :param lookup: gives the value of a tag by its name in lower case
    """
    writer = _Writer(lookup, template.html)
    for piece in template.pieces:
        writer.put(piece)
    return writer.finish()


class Mask:
    """A text in which each tag is replaced by a word that nobody can guess.

    Another program may work on ``source`` (Odoo's own renderer on a template of an
    administrator); the values go in afterwards, and it never sees them.
    """

    def __init__(self, template: Template):
        self._html = template.html
        self._word = f"mr{secrets.token_hex(16)}x"
        self._pieces = [p for p in template.pieces if isinstance(p, Tag | Open | Close)]
        numbers = iter(range(len(self._pieces)))
        self.source = "".join(
            f"{self._word}{next(numbers)}z"
            if isinstance(piece, Tag | Open | Close)
            else piece.source
            for piece in template.pieces
        )

    def fill(self, text: str, lookup: Lookup) -> Rendered:
        """Put the values of one document where the words are.

        :param str text: what became of ``source``
        """
        writer = _Writer(lookup, self._html)
        chunks = re.split(rf"{self._word}(\d+)z", str(text))
        for index, chunk in enumerate(chunks):
            if index % 2 and int(chunk) < len(self._pieces):
                writer.put(self._pieces[int(chunk)])
            else:
                writer.add(chunk)
        return writer.finish()


@dataclass
class _Part:
    """What was written since an ``Open``; the lowest one is the whole text."""

    chunks: list[str]
    balanced: bool = True
    vanishes: bool = False


class _Writer:
    def __init__(self, lookup, html):
        self._lookup = lookup
        self._html = html
        self._parts = [_Part([])]
        self._empty = {}
        self._unknown = {}
        # Whether a paragraph was turned into a block, whose end is still to come.
        self._block_open = False

    def put(self, piece):
        if isinstance(piece, Tag):
            self._put_tag(piece)
        elif isinstance(piece, Open):
            self._parts.append(_Part([], piece.balanced))
        elif isinstance(piece, Close):
            self._close()
        else:
            self.add(piece.source)

    def add(self, source):
        if self._block_open:
            source, changed = _PARAGRAPH_AFTER.subn(r"\1</div>", source, count=1)
            self._block_open = not changed
        self._parts[-1].chunks.append(source)

    def finish(self):
        while len(self._parts) > 1:
            self._close()
        text = "".join(self._parts[0].chunks)
        return Rendered(text, tuple(self._empty), tuple(self._unknown))

    def _put_tag(self, tag):
        value = self._lookup(tag.key)
        if value is None:
            self._unknown[tag.name] = True
            self._parts[-1].chunks.append(tag.source)
        elif not is_empty(value):
            self._put_value(tag, value)
        elif tag.default is not None:
            self._parts[-1].chunks.append(tag.default)
        else:
            self._parts[-1].vanishes = True
            if len(self._parts) == 1:
                self._empty[tag.name] = True

    def _put_value(self, tag, value):
        block = self._html and tag.place == "text" and is_block(value)
        chunks = self._parts[-1].chunks
        if block and chunks:
            chunks[-1], changed = _PARAGRAPH_BEFORE.subn(r"<div\1>\2", chunks[-1])
            self._block_open = bool(changed)
        chunks.append(write(value, tag.place, block and self._block_open))

    def _close(self):
        if len(self._parts) == 1:
            return
        part = self._parts.pop()
        text = "".join(part.chunks)
        if part.vanishes:
            text = "" if part.balanced or not self._html else only_markup(text)
        self._parts[-1].chunks.append(text)
