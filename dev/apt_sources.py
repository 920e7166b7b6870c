"""Read the machine's own apt sources, to find the Debian mirror they name.

Formats: sources.list(5), both the one-line and the deb822 style.
"""

import re
from dataclasses import dataclass, field

ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<rest>\S.*)$")


@dataclass(frozen=True)
class Source:
    """One archive: `uri`, the `suites` taken from it and the key that signs them."""

    uri: str
    suites: tuple[str, ...] = field(default_factory=tuple)
    signed_by: str = ""


def parse_list(text: str) -> list[Source]:
    """Read a `.list` file.

    :param text: content of the file.
    :return: its binary archives; source archives and comments are left out.
    """
    matches = (
        ONE_LINE.match(line.split("#", 1)[0].strip()) for line in text.splitlines()
    )
    sources = []
    for match in filter(None, matches):
        uri, *rest = match["rest"].split()
        options = dict(
            option.split("=", 1)
            for option in (match["options"] or "").split()
            if "=" in option
        )
        sources.append(Source(uri, tuple(rest[:1]), options.get("signed-by", "")))
    return sources


def parse_deb822(text: str) -> list[Source]:
    """Read a `.sources` file.

    :param text: content of the file.
    :return: its enabled binary archives, one per URI.
    """
    sources = []
    for stanza in re.split(r"\n\s*\n", text):
        fields = _fields(stanza)
        if "deb" not in fields.get("types", "").split():
            continue
        if fields.get("enabled", "yes").lower() in ("no", "false", "0"):
            continue
        suites = tuple(fields.get("suites", "").split())
        signed_by = fields.get("signed-by", "")
        sources += [
            Source(uri, suites, signed_by) for uri in fields.get("uris", "").split()
        ]
    return sources


def _fields(stanza: str) -> dict[str, str]:
    """Return the fields of one stanza; continuation lines belong to the field above."""
    fields, name = {}, None
    for line in stanza.splitlines():
        if line.startswith("#"):
            continue
        if line[:1].isspace() and name:
            fields[name] += "\n" + line.strip()
        elif ":" in line:
            name, value = line.split(":", 1)
            name = name.strip().lower()
            fields[name] = value.strip()
    return fields


def find(sources: list[Source], suite: str) -> Source | None:
    """Return the archive that carries a suite, such as "bookworm".

    :param sources: what the parsers returned.
    :param suite: exact name, so that security archives are not taken.
    :return: the first match; its key is a path or empty, never an embedded key.
    """
    for source in sources:
        if suite in source.suites and source.uri.startswith(("http", "file:")):
            path = source.signed_by if source.signed_by.startswith("/") else ""
            return Source(source.uri, source.suites, path)
    return None
