"""Comparing a text with the catalogue of tags, before it is saved."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from .placeholder import Fault, Template


def check(
    template: Template,
    names: Iterable[str],
    elsewhere: Mapping[str, tuple[str, ...]],
) -> list[Fault]:
    """Say what is wrong with a text.

    :param Template template: what ``parse`` returned
    :param names: all tags of this kind of document, aliases too
    :param elsewhere: tag in lower case → kinds of document that have it
    :return: its own faults and its unknown tags, in the order in which they stand
    """
    known = {name.casefold(): name for name in names}
    faults = list(template.faults)
    for tag in template.tags():
        if tag.key in known:
            continue
        fault = Fault("unknown", tag.position, tag.source, tag.name)
        kinds = elsewhere.get(tag.key, ())
        if kinds:
            fault = replace(fault, code="other_kind", kinds=tuple(kinds))
        faults.append(replace(fault, nearest=nearest(tag.name, known)))
    return sorted(faults, key=lambda fault: fault.position)


def nearest(name: str, known: Mapping[str, str]) -> str:
    """Return the tag that is spelled most like a name, ``""`` when none is.

    :param known: tag in lower case → as it is written
    """
    wanted = "".join(char for char in name.casefold() if char not in " _-")
    matches = get_close_matches(wanted, known, n=1, cutoff=0.6)
    if not matches:
        # "contactname" for Customer.Contact.Name: the dots are what is missing
        bare = {key.replace(".", ""): key for key in known}
        found = [key for short, key in bare.items() if short.endswith(wanted)]
        matches = [key for key in found if len(wanted) > 3][:1]
    return known[matches[0]] if matches else ""
