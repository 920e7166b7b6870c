"""A tag of the catalogue: its names, what it gives, and for which documents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .placeholder_value import Value


@dataclass(frozen=True)
class TagSpec:
    """``value`` is a function on one document, in the document's language.

    ``kinds`` limits the tag to kinds of templates, empty for all; ``aliases`` are the
    names under which other systems know it. ``label`` and ``group`` are shown in the
    panel beside the editor.
    """

    name: str
    group: str
    label: str
    value: Callable[[Any], Value]
    aliases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def fits(self, kind: str) -> bool:
        """Return whether templates of this kind may use the tag."""
        return not self.kinds or kind in self.kinds

    def keys(self) -> list[str]:
        """Return all its names, lower case."""
        return [name.casefold() for name in (self.name, *self.aliases)]
