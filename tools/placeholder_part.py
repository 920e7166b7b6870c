"""Parts in double brackets, which vanish when a tag inside is empty."""

from .placeholder import Close, Fault, Open, Tag, Text
from .placeholder_markup import MARKUP, element, is_balanced, opens_wrapper


def pair(pieces, faults):
    """Find the partners of brackets; one without is text, and a fault.

    :param list pieces: changed in place
    :param list faults: added to
    :return: ``[(index of Open, index of Close)]``
    """
    pairs, waiting, alone = [], [], []
    for index, piece in enumerate(pieces):
        if isinstance(piece, Open):
            waiting.append(index)
        elif isinstance(piece, Close) and waiting:
            pairs.append((waiting.pop(), index))
        elif isinstance(piece, Close):
            alone.append((index, "unopened"))
    alone += [(index, "unclosed") for index in waiting]
    for index, code in alone:
        faults.append(Fault(code, pieces[index].position, pieces[index].source))
        pieces[index] = Text(pieces[index].source)
    return pairs


def check_parts(pieces, pairs, faults):
    """Find parts that cut through an element, and widen the others to the elements
    that hold nothing else: an empty paragraph vanishes with its only sentence."""
    for start, stop in pairs:
        inside = "".join(p.source for p in pieces[start:stop] if _is_markup(p))
        if not is_balanced(match[0] for match in MARKUP.finditer(inside)):
            part = pieces[start]
            faults.append(Fault("crossing", part.position, part.source))
            pieces[start] = Open(part.source, part.position, balanced=False)
            continue
        while _widen(pieces, start, stop):
            start, stop = start - 1, stop + 1


def _is_markup(piece):
    if isinstance(piece, Tag):
        return piece.place not in ("plain", "text", "label")
    return isinstance(piece, Text) and piece.markup


def _widen(pieces, start, stop):
    """Move the brackets out of an element that holds nothing but them."""
    if not start or stop + 1 >= len(pieces):
        return False
    before, after = pieces[start - 1], pieces[stop + 1]
    if not (_is_markup(before) and _is_markup(after)):
        return False
    name = opens_wrapper(before.source)
    if not name or element(after.source) != (name, True):
        return False
    pieces[start - 1], pieces[start] = pieces[start], before
    pieces[stop + 1], pieces[stop] = pieces[stop], after
    return True
