"""Braces that are no tag: which of them belong together, and what is wrong."""

from dataclasses import replace

# Kinds of finds that are wrong wherever a tag may stand
FAULTY = ("name", "nested", "half", "brace", "stray")
# What a brace that opens is called when there is one that closes it
_CLOSED = {"brace": "inside", "half": "default"}
_ALONE = {"nested": "default", "half": "brace"}


def settle(faults):
    """Say once what is wrong with two braces that belong together.

    :param list faults: those of a text, in any order
    :return: them in the order in which they stand
    :rtype: list[Fault]
    """
    settled, waiting = [], []
    for fault in sorted(faults, key=lambda fault: fault.position):
        if fault.code == "stray" and waiting:
            index = waiting.pop()
            code = _CLOSED[settled[index].code]
            settled[index] = replace(settled[index], code=code)
            continue
        if fault.code in _CLOSED:
            waiting.append(len(settled))
        settled.append(fault)
    return [replace(f, code=_ALONE.get(f.code, f.code)) for f in settled]
