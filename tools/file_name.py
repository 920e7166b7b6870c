"""File names that are safe to attach, to unpack and to save on any system."""

import re
import unicodedata

NAME_LIMIT = 100
# What a directory entry may take on the usual file systems, with some room.
BYTE_LIMIT = 240
FALLBACK = "document"

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_EXTENSION = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,8}$")
_KEPT = frozenset(" .,_-")
# Letters by category, yet shown as nothing at all.
_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def safe_file_name(name, extension=".pdf"):
    """Turn a document number or title into a plain file name.

    ``INV/2025/0001`` becomes ``INV-2025-0001.pdf``; steps upwards in a path vanish.

    :param str name: what the file should be called, or a falsy value
    :param str extension: forced ending with its dot; empty: keep what the name has,
        also when the name is shortened
    :return: letters, digits, space and ``. , _ -`` only, at most ``NAME_LIMIT``
        characters, no leading dot, no name of a Windows device
    :rtype: str
    """
    text = unicodedata.normalize("NFC", str(name or "")[: NAME_LIMIT * 20])
    steps = re.split(r"[/\\]", text)
    text = "-".join(step for step in steps if step.strip(" ."))
    text = re.sub(r"\s+", " ", "".join(map(_kept, text))).strip(" .,-")
    extension = extension or "".join(_EXTENSION.findall(text))
    ends = extension and text.lower().endswith(extension.lower())
    stem = text[: -len(extension)] if ends else text
    stem = _not_a_device(_shorten(stem, extension) or FALLBACK)
    return stem + extension


def _kept(char):
    if char in _KEPT:
        return char
    plain = unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"
    return char if plain and char not in _FILLERS else " "


def _shorten(stem, extension):
    stem = stem.strip(" .,-")[: NAME_LIMIT - len(extension) - 1]
    while len((stem + extension).encode()) > BYTE_LIMIT:
        stem = stem[:-1]
    return stem.strip(" .,-")


def _not_a_device(stem):
    # Windows looks at what stands before the first dot only.
    reserved = _DEVICE.fullmatch(stem.split(".")[0].strip())
    return f"_{stem}" if reserved else stem
