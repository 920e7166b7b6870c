"""Texts with tags: the pieces that a text is made of, and what is wrong with it.

A text is plain (subject, SMS, file name) or HTML (body). ``placeholder_parse`` turns it
into pieces once, ``placeholder_check`` compares them with a catalogue,
``placeholder_render`` puts in the values. Nothing here evaluates anything: a tag is a
name that is looked up, and a value is never read again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

# Where a tag stands. A value is escaped for its place; in ``nowhere`` none may stand.
# ``label`` is the text of a link, which cannot hold another link.
PLACES = ("plain", "text", "label", "attribute", "url", "path", "query", "nowhere")


@dataclass(frozen=True)
class Text:
    """What the author wrote; ``markup`` is one HTML tag, comment or style block."""

    source: str
    markup: bool = False


@dataclass(frozen=True)
class Tag:
    """A name to be replaced by a value.

    ``default`` is what to print instead of an empty value, in the author's own
    spelling (HTML in HTML); None when there is none.
    """

    name: str
    default: str | None
    source: str
    position: int
    place: str

    @property
    def key(self) -> str:
        """The name as catalogues know it: lower case."""
        return self.name.casefold()

    def spelled(self) -> str:
        """Return the tag in its first spelling, ``{Name|default}``."""
        default = "" if self.default is None else f"|{self.default}"
        return f"{{{self.name}{default}}}"


@dataclass(frozen=True)
class Open:
    """``[[``: from here to the ``Close`` all vanishes when a tag inside is empty.

    ``balanced`` tells whether the HTML between them stands on its own.
    """

    source: str
    position: int
    balanced: bool = True


@dataclass(frozen=True)
class Close:
    """``]]``."""

    source: str
    position: int


Piece = Text | Tag | Open | Close


@dataclass(frozen=True)
class Fault:
    """What is wrong at a place of a text.

    ``code`` is one of: unknown, other_kind, name, default, brace, stray, inside,
    unclosed, unopened, crossing, place, program. ``position`` counts characters from
    the beginning of the source; ``source`` is what stands there. ``nearest`` is the
    right tag that is spelled most alike, ``kinds`` the kinds of document that have the
    tag.
    """

    code: str
    position: int
    source: str
    name: str = ""
    nearest: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """A text that was read: its pieces in order, and what is wrong with it."""

    pieces: tuple[Piece, ...]
    html: bool = False
    faults: tuple[Fault, ...] = field(default=())

    def tags(self) -> Iterator[Tag]:
        """Yield the tags in the order in which they stand."""
        return (piece for piece in self.pieces if isinstance(piece, Tag))

    def keys(self) -> frozenset[str]:
        """Return the names of all tags, lower case."""
        return frozenset(tag.key for tag in self.tags())
