"""Finding tags in a text, in all their spellings."""

import html as html_entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

NAME_LIMIT = 80

_CURLY_NAME = rf"[^{{}}|\n<>]{{1,{NAME_LIMIT}}}"
_ANGLE_NAME = r"[^\W\d][\w.\- ]{0,78}"
# Single angles are also how HTML writes elements: capitals only, as other systems do.
_CAPITALS = r"[A-Z][A-Z0-9_.]{2,78}"
_TOKEN = re.compile(
    rf"""
    (?P<program>\{{\{{.{{0,2000}}?\}}{{2,}}|\{{\{{)
  | \{{(?P<curly>{_CURLY_NAME})(?:\|(?P<default>[^{{}}]*))?\}}
  | (?P<nested>\{{{_CURLY_NAME}\|[^{{}}]*(?:\{{[^{{}}]*\}}[^{{}}]*)+\}})
  | (?P<half>\{{{_CURLY_NAME}\|(?=[^{{}}]*\Z))
  | \{{\}}
  | <<\s*(?P<angles>{_ANGLE_NAME}?)\s*>>
  | &lt;&lt;\s*(?P<entities>{_ANGLE_NAME}?)\s*&gt;&gt;
  | <(?P<angle>{_CAPITALS})>
  | &lt;(?P<entity>{_CAPITALS})&gt;
  | (?P<open>\[\[)
  | (?P<close>\]\])
  | (?P<brace>\{{)
  | (?P<stray>\}})
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d]")
_KINDS = ("program", "nested", "half", "open", "close", "brace", "stray")
_NAMES = ("curly", "angles", "entities", "angle", "entity")


@dataclass(frozen=True)
class Token:
    """A find: ``kind`` is text, tag, open, close or program, or something wrong: a name
    that is none, a tag nested in a default, a tag with a default that breaks off
    (half), a brace, a stray closing one."""

    kind: str
    source: str
    position: int
    name: str = ""
    default: str | None = None
    angle: bool = False


def scan(source: str, offset: int = 0) -> Iterator[Token]:
    """Cut a text without markup into tokens, none left out.

    :param str source: the text, or a stretch of HTML between two elements
    :param int offset: position of its first character
    :return: tokens whose ``source`` add up to the text
    """
    end = 0
    for match in _TOKEN.finditer(source):
        token = _token(match, offset)
        if token is None:
            continue
        if match.start() > end:
            yield Token("text", source[end : match.start()], offset + end)
        yield token
        end = match.end()
    if end < len(source):
        yield Token("text", source[end:], offset + end)


def _token(match, offset):
    for kind in _KINDS:
        if match[kind]:
            return Token(kind, match[0], offset + match.start())
    kind = next((name for name in _NAMES if match[name]), "")
    name = html_entities.unescape(match[kind] if kind else "")
    name = name.replace("\xa0", " ").strip()
    if not _WORD.search(name):
        # Braces around a number, a sign or nothing are no tag.
        return None
    if not _WORD.match(name):
        return Token("name", match[0], offset + match.start(), name)
    angle = kind in ("angle", "entity")
    return Token("tag", match[0], offset + match.start(), name, match["default"], angle)
