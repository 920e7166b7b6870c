"""From a text to its pieces. Nothing is looked up, nothing is evaluated."""

from .placeholder import Close, Fault, Open, Tag, Template, Text
from .placeholder_brace import FAULTY, settle
from .placeholder_markup import (
    MARKUP,
    attributes,
    has_tags,
    place_after,
    place_in_attribute,
)
from .placeholder_part import check_parts, pair
from .placeholder_scan import scan


def parse(source, html=False):
    """Read a text with tags.

    :param str source: what the author wrote, or a falsy value
    :param bool html: whether it is HTML
    :return: its pieces; faults are values with a position, never exceptions
    :rtype: Template
    """
    source = str(source or "")
    pieces, faults = [], []
    if html:
        _read_html(source, pieces, faults)
    else:
        _read(scan(source), "plain", pieces, faults)
    pairs = pair(pieces, faults)
    if html:
        check_parts(pieces, pairs, faults)
    return Template(tuple(pieces), html, tuple(settle(faults)))


def _read(tokens, place, pieces, faults):
    for token in tokens:
        if token.kind == "tag":
            pieces.append(_tag(token, place, faults))
        elif token.kind == "open":
            pieces.append(Open(token.source, token.position))
        elif token.kind == "close":
            pieces.append(Close(token.source, token.position))
        else:
            if token.kind != "text":
                faults.append(_fault(token))
            pieces.append(Text(token.source))


def _fault(token):
    return Fault(token.kind, token.position, token.source)


def _tag(token, place, faults):
    if place == "nowhere":
        faults.append(Fault("place", token.position, token.source, token.name))
    return Tag(token.name, token.default, token.source, token.position, place)


def _read_html(source, pieces, faults):
    end, place = 0, "text"
    for match in MARKUP.finditer(source):
        _read(scan(source[end : match.start()], end), place, pieces, faults)
        _read_markup(match[0], match.start(), pieces, faults)
        end, place = match.end(), place_after(match[0], place)
    _read(scan(source[end:], end), place, pieces, faults)


def _read_markup(markup, position, pieces, faults):
    """Read one element: its attributes may hold tags, comments and styles do not."""
    if not has_tags(markup):
        pieces.append(Text(markup, markup=True))
        return
    end = 0
    for name, start, stop in attributes(markup):
        _read_element(markup[end:start], position + end, pieces, faults)
        _read_value(name, markup[start:stop], position + start, pieces, faults)
        end = stop
    _read_element(markup[end:], position + end, pieces, faults)


def _read_element(source, position, pieces, faults):
    """Read what stands in an element outside of quoted values: no tag may."""
    for token in scan(source, position):
        if token.kind == "tag" and not token.angle:
            pieces.append(_tag(token, "nowhere", faults))
            continue
        if token.kind == "program":
            faults.append(_fault(token))
        pieces.append(Text(token.source, markup=True))


def _read_value(name, value, position, pieces, faults):
    for token in scan(value, position):
        place = place_in_attribute(name, value[: token.position - position])
        if token.kind == "tag":
            pieces.append(_tag(token, place, faults))
            continue
        # Where no tag may stand, braces are somebody else's: styles and the like.
        if token.kind == "program" or (token.kind in FAULTY and place != "nowhere"):
            faults.append(_fault(token))
        pieces.append(Text(token.source, markup=True))
