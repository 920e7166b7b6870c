"""What a customer saw of a document, as one number, and what has changed since.

A content is a dict in display order. Each entry has a ``label`` for people and either
a ``value`` (text, whole number, truth value or a list of these) or ``lines``::

    {
        "partner": {"label": "Customer", "value": "Azure Interior"},
        "lines": {
            "label": "Lines",
            "lines": [
                {
                    "key": "17",
                    "label": "Desk",
                    "values": {"quantity": {"label": "Quantity", "value": "2.00"}},
                },
            ],
        },
    }

Numbers with decimals are given as text, rounded the way they are printed. Labels do
not count, nor does the order of lines, nor an empty value: a field that is added to
the content later changes nothing about documents where it is empty.
"""

import hashlib
import json
import os.path
from collections import Counter
from dataclasses import dataclass

SHOWN_LIMIT = 80
_CONTEXT = 20


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was.

    :ivar str kind: ``changed``, ``added`` or ``removed``; the last two are of lines
    :ivar str key: ``partner``, ``lines.17``, ``lines.17.quantity``
    :ivar str label: of the entry, for people
    :ivar str line: label of the line, empty outside of lines
    :ivar old: value before, shortened when it is a long text; None for none
    :ivar new: value now
    """

    kind: str
    key: str
    label: str
    line: str
    old: object
    new: object


def fingerprint(content):
    """Give the number that is the same as long as the customer sees the same.

    :param dict content: see the module
    :return: SHA-256 in hexadecimal
    :rtype: str
    :raise TypeError: for values other than those named above, floats among them
    """
    text = _canonical({key: _plain(entry) for key, entry in content.items()})
    return hashlib.sha256(text.encode()).hexdigest()


def differences(old, new):
    """Compare two contents.

    :param dict old: what was sent, see the module
    :param dict new: what would be sent now
    :return: in the order of the new content, then what is gone; empty exactly when
        the fingerprints are equal
    :rtype: list[Difference]
    """
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        entry = new.get(key) or old[key]
        if "lines" in entry:
            before, now = (
                content.get(key, {}).get("lines", []) for content in (old, new)
            )
            found += _line_differences(key, entry["label"], before, now)
        else:
            found += _value_differences({key: old.get(key)}, {key: new.get(key)})
    return found


def _value_differences(old, new, prefix="", line=""):
    for key in [*new, *(key for key in old if key not in new)]:
        entries = [content.get(key) or {} for content in (old, new)]
        before, now = (entry.get("value") for entry in entries)
        if _canonical({"": before}) != _canonical({"": now}):
            label = (entries[1] or entries[0])["label"]
            shown = _shortened(before, now)
            yield Difference("changed", prefix + key, label, line, *shown)


def _line_differences(key, label, old, new):
    old, new = _without_common(old, new)
    before, now = ({line["key"]: line for line in lines} for lines in (old, new))
    for line_key, line in now.items():
        path = f"{key}.{line_key}"
        if line_key in before:
            values = before[line_key]["values"], line["values"]
            yield from _value_differences(*values, f"{path}.", line["label"])
        else:
            yield Difference("added", path, label, line["label"], None, line["label"])
    for line_key, line in before.items():
        if line_key not in now:
            path = f"{key}.{line_key}"
            yield Difference("removed", path, label, line["label"], line["label"], None)


def _without_common(old, new):
    """Leave the lines that differ; one deleted and typed in again does not."""
    same_key = {(line["key"], _plain(line)) for line in old} & {
        (line["key"], _plain(line)) for line in new
    }
    old, new = (
        [line for line in lines if (line["key"], _plain(line)) not in same_key]
        for lines in (old, new)
    )
    common = Counter(map(_plain, old)) & Counter(map(_plain, new))
    return _less(old, common), _less(new, common)


def _less(lines, common):
    left, kept = Counter(common), []
    for line in lines:
        if left[_plain(line)]:
            left[_plain(line)] -= 1
        else:
            kept.append(line)
    return kept


def _plain(entry):
    """Give what counts of an entry, or of a line (as text), without labels and keys."""
    if "values" in entry:
        return _canonical(
            {key: _plain(value) for key, value in entry["values"].items()}
        )
    return sorted(map(_plain, entry["lines"])) if "lines" in entry else entry["value"]


def _canonical(values):
    kept = {key: value for key, value in values.items() if not _is_empty(value)}
    for value in kept.values():
        _check(value)
    return json.dumps(kept, sort_keys=True, separators=(",", ":"))


def _is_empty(value):
    # Zero is a value, although it equals False.
    return value is None or value is False or value in ("", [], ())


def _check(value):
    for item in value if isinstance(value, (list, tuple)) else (value,):
        if not isinstance(item, (str, int)):
            raise TypeError(f"not a plain value: {type(item).__name__}")


def _shortened(*values):
    """Cut two long texts so that the place where they part can be seen."""
    if not all(isinstance(value, str) for value in values):
        return tuple(_cut(value, 0) for value in values)
    start = max(len(os.path.commonprefix(values)) - _CONTEXT, 0)
    return tuple(_cut(value, start) for value in values)


def _cut(value, start):
    if not isinstance(value, str) or len(value) <= SHOWN_LIMIT:
        return value
    end = start + SHOWN_LIMIT
    before, after = "…" * bool(start), "…" * (end < len(value))
    return f"{before}{value[start:end]}{after}"
