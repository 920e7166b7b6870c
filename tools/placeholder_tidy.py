"""What editors and other systems do to tags, undone: HTML takes them for elements, a
link gets a prefix, a click on "bold" lands between the braces."""

import re

from .placeholder_markup import element

# Elements that may stand in capitals in an old mail, and are no tags.
_ELEMENTS = frozenset(
    "abbr address area article aside bdi bdo big blockquote body button caption "
    "center cite code col colgroup data dd del details dfn dir div dl dt em embed "
    "fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 head "
    "header html iframe img input ins kbd label legend li link main map mark menu "
    "meta meter nav noscript object ol optgroup option output param picture pre "
    "progress rp rt ruby samp script section select small source span strike strong "
    "style sub summary sup svg table tbody td template textarea tfoot th thead time "
    "title tr track tt ul var video wbr".split()
)
_ANGLES = re.compile(r"<<\s*([^\W\d][\w.\-]{0,78})\s*>>")
_CAPITALS = re.compile(r"<([A-Z][A-Z0-9_.]{2,78})>")
# A bare tag in a link: the editor takes it for the name of a server.
_PREFIXED = re.compile(
    r"(\b(?:href|src)\s*=\s*[\"'])\s*https?://"
    r"(?=\{\s*[^\W\d][^{}|\n<>]{0,78}(?:\|[^{}\"'<>]*)?\}[\"'/?#])",
    re.IGNORECASE,
)
_INLINE = (
    r"</?(?:a|b|big|code|del|em|font|i|ins|mark|s|small|span|strike|strong|sub|sup|u)"
    r"(?:\s[^<>{}]*)?>"
)
_MARK = re.compile(_INLINE, re.IGNORECASE)
_MARKED = re.compile(rf"(?<!\{{)\{{((?:[^{{}}<>]|{_INLINE})*)\}}(?!\}})", re.IGNORECASE)
_ENCODED = re.compile(r"%7B([^%{}\"'<>]{1,80}(?:%7C[^%{}\"'<>]*)?)%7D", re.IGNORECASE)


def tidy(html):
    """Write in braces what HTML would take for an element, or has encoded in a link.

    ``<NUMFACT>`` and ``<<customer>>`` become ``{NUMFACT}`` and ``{customer}``;
    ``https://{Link.Pay}`` in a link becomes ``{Link.Pay}``, and
    ``{<b>Number</b>}`` becomes ``<b>{Number}</b>``.

    :param str html: HTML as it was pasted, or a falsy value
    :rtype: str
    """
    html = _ANGLES.sub(r"{\1}", str(html or ""))
    html = _CAPITALS.sub(_braces, html)
    html = _PREFIXED.sub(r"\1", _ENCODED.sub(_decoded, html))
    return _MARKED.sub(_around, html)


def _braces(match):
    return match[0] if match[1].lower() in _ELEMENTS else f"{{{match[1]}}}"


def _decoded(match):
    inside = re.sub("%7C", "|", match[1], flags=re.IGNORECASE)
    return f"{{{inside}}}"


def _around(match):
    """Put the elements between two braces around them; what is open stays open."""
    marks = [mark[0] for mark in _MARK.finditer(match[1])]
    # A default with a form of its own is not this: it is refused in words.
    if not marks or _opens(match[1].partition("|")[2]):
        return match[0]
    pairs, opened, closed = [], [], []
    for mark in marks:
        name, closing = element(mark)
        if not closing:
            opened.append(mark)
        elif not opened:
            closed.append(mark)
        elif element(opened[-1])[0] == name:
            pairs.append((opened.pop(), mark))
        else:
            return match[0]
    if opened and closed:
        return match[0]
    before = "".join(opened + [start for start, _end in reversed(pairs)])
    after = "".join([end for _start, end in pairs] + closed)
    return f"{before}{{{_MARK.sub('', match[1])}}}{after}"


def _opens(html):
    return any(not element(mark[0])[1] for mark in _MARK.finditer(html))
