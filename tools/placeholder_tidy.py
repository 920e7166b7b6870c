"""Texts pasted from other systems: tags that HTML would take for elements."""

import re

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
_ENCODED = re.compile(r"%7B([^%{}\"'<>]{1,80}(?:%7C[^%{}\"'<>]*)?)%7D", re.IGNORECASE)


def tidy(html):
    """Write in braces what HTML would take for an element, or has encoded in a link.

    ``<NUMFACT>`` and ``<<customer>>`` become ``{NUMFACT}`` and ``{customer}``.

    :param str html: HTML as it was pasted, or a falsy value
    :rtype: str
    """
    html = _ANGLES.sub(r"{\1}", str(html or ""))
    html = _CAPITALS.sub(_braces, html)
    return _ENCODED.sub(_decoded, html)


def _braces(match):
    return match[0] if match[1].lower() in _ELEMENTS else f"{{{match[1]}}}"


def _decoded(match):
    inside = re.sub("%7C", "|", match[1], flags=re.IGNORECASE)
    return f"{{{inside}}}"
