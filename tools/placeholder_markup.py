"""The HTML around tags: elements, attributes, and whether a stretch stands alone."""

import re

# One element, comment, or block whose content is no text.
MARKUP = re.compile(
    r"<!--.*?-->"
    r"|<(style|script|title|textarea|xmp)\b.*?</\1\s*>"
    r"|<[/!?]?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_ELEMENT = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_PROGRAM = re.compile(r"</?t[\s/>]|[\s\"']t-[a-z]", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_RAW = frozenset("style script title textarea xmp".split())
_VOID = frozenset("area base br col embed hr img input link meta source wbr".split())
_WRAPPERS = frozenset("b div em font i li p small span strong u".split())
_URL_ATTRIBUTES = frozenset(("href", "src"))
_TEXT_ATTRIBUTES = frozenset(("alt", "title", "aria-label"))


def has_tags(markup):
    """Return whether one element may hold tags: blocks of styles never do."""
    if "{" not in markup and "&lt;" not in markup:
        return False
    return element(markup)[0] not in ("", *_RAW)


def is_program(html):
    """Return whether an element of a text is an instruction to Odoo's renderer."""
    return any(_is_instruction(match[0]) for match in MARKUP.finditer(html))


def _is_instruction(markup):
    if markup.startswith("<!--"):
        return False
    # Names of attributes count: a picture of a t-shirt is none.
    return bool(_PROGRAM.search(_VALUE.sub('=""', markup).partition(">")[0] + ">"))


def place_after(markup, place):
    """Return the place of the words behind an element.

    :param str place: that of the words before it, text or label
    :rtype: str
    """
    name, closing = element(markup)
    if name != "a":
        return place
    return "text" if closing else "label"


def attributes(markup):
    """Yield ``(name, start, end)`` of each quoted value inside one element."""
    for match in _ATTRIBUTE.finditer(markup):
        yield match[1].lower(), match.start(2) + 1, match.end(2) - 1


def place_in_attribute(name, before):
    """Return the place of a tag in an attribute.

    :param str name: the attribute, lower case
    :param str before: what stands before the tag in the value
    :rtype: str
    """
    if name in _TEXT_ATTRIBUTES:
        return "attribute"
    if name not in _URL_ATTRIBUTES:
        return "nowhere"
    if not before.strip():
        return "url"
    return "query" if "?" in before else "path"


def element(markup):
    """Return ``(name, closing)`` of one element, ``("", False)`` for a comment."""
    match = _ELEMENT.match(markup)
    return (match[2].lower(), bool(match[1])) if match else ("", False)


def opens_wrapper(markup):
    """Return the name of an element that may vanish with its content, else ``""``."""
    name, closing = element(markup)
    return name if name in _WRAPPERS and not closing else ""


def is_balanced(markups):
    """Return whether each element that opens here closes here, in order."""
    stack = []
    for markup in markups:
        name, closing = element(markup)
        if not name or name in _VOID or name in _RAW or markup.endswith("/>"):
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def only_markup(html):
    """Return the elements of a stretch of HTML, without the words."""
    return "".join(match[0] for match in MARKUP.finditer(html))
