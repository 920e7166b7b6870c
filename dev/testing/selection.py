"""What `bin/mailroom test TAG…` shall run."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from dev.errors import Stop
from dev.paths import MODULE

KINDS = ("unit", "odoo", "outside")
TOUR_MARK = re.compile(r"\.(start_tour|browser_js)\(")


@dataclass
class Selection:
    """Arguments for each kind of tests; None leaves the kind out, [] runs it all.

    `unit` and `outside` are pytest node ids, `odoo` are test tags.
    """

    unit: list[str] | None = None
    odoo: list[str] | None = None
    outside: list[str] | None = None
    unknown: list[str] = field(default_factory=list)


def select(root: Path, tags: list[str]) -> Selection:
    """Find the tests that the tags name.

    :param root: the repository.
    :param tags: "unit", "odoo", "outside", "tours", or the name of a test file,
        class or method (also `Class.method`); an empty list means everything.
    :raises Stop: a tag names nothing.
    """
    chosen = Selection()
    for tag in tags or KINDS:
        if tag in KINDS:
            setattr(chosen, tag, [])
        elif tag == "tours":
            _add(chosen, "odoo", tour_tags(root))
        elif not _add_named(chosen, root, tag):
            chosen.unknown.append(tag)
    if chosen.unknown:
        raise Stop(
            f"No test is called {', '.join(chosen.unknown)}: name unit, odoo, outside, "
            "tours, or a test file, class or method."
        )
    return chosen


def tour_tags(root: Path) -> list[str]:
    """Return Odoo's tags for the test files that drive a browser."""
    files = sorted((root / "tests").glob("test_*.py"))
    return [_file_tag(file) for file in files if TOUR_MARK.search(file.read_text())]


def _add(chosen: Selection, kind: str, arguments: list[str]) -> None:
    present = getattr(chosen, kind)
    # An empty list already stands for everything of this kind.
    if present != []:
        setattr(chosen, kind, [*(present or []), *arguments])


def _add_named(chosen: Selection, root: Path, tag: str) -> bool:
    found = False
    for kind in ("unit", "outside"):
        ids = _pytest_ids(root / "tests" / kind, tag)
        if ids:
            _add(chosen, kind, ids)
            found = True
    tags = _odoo_tags(root / "tests", tag)
    if tags:
        _add(chosen, "odoo", tags)
    return found or bool(tags)


def _pytest_ids(folder: Path, tag: str) -> list[str]:
    ids = []
    for file in sorted(folder.glob("test_*.py")):
        if tag in (file.stem, file.name):
            return [str(file)]
        ids += [f"{file}::{name}" for name in _names(file, tag)]
    return ids


def _names(file: Path, tag: str) -> list[str]:
    """Return the pytest names below a file for a class, method or Class.method."""
    names, current = [], None
    for line in file.read_text().splitlines():
        if match := re.match(r"class (\w+)", line):
            current = match[1]
            if tag == current:
                names.append(current)
        elif match := re.match(r"( *)(?:async )?def (test_\w+)", line):
            owner = current if match[1] else None
            if tag in (match[2], f"{owner}.{match[2]}"):
                names.append(f"{owner}::{match[2]}" if owner else match[2])
    return names


def _odoo_tags(folder: Path, tag: str) -> list[str]:
    tags = []
    for file in sorted(folder.glob("test_*.py")):
        if tag in (file.stem, file.name):
            return [_file_tag(file)]
        for name in _names(file, tag):
            tags.append(f"*/{MODULE}:{name.replace('::', '.')}")
    return tags


def _file_tag(file: Path) -> str:
    # Odoo wants the path below the addons path, and the asterisk for every tag.
    return f"*/{MODULE}/tests/{file.name}"
