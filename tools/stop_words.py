"""What people text back when they want no more messages, or want them again."""

import re
import unicodedata

# Without accents, because many phones write none. "Cancel", "end" and their like are
# left out: they may well be meant for the visit that the message was about.
STOP = frozenset(
    """stop stopp stopall unsubscribe optout quit
    avsluta avregistrera sluta
    odhlasit konec nezasilat
    arret arreter desabonner desinscrire
    dezabonare dezabonez opriti oprire""".split()
)
START = frozenset("start starta unstop resume reprendre demarrer prihlasit".split())
# A keyword of the company may follow: "STOP NORDVIK".
_MOST_WORDS = 2


def meaning(text):
    """Return what a text message asks for.

    :param str text: as it came
    :return: ``stop``, ``start``, or "" when it is about something else
    :rtype: str
    """
    plain = unicodedata.normalize("NFKD", str(text or "")[:200]).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"[^\W_]+", plain.replace("-", ""))
    if not 0 < len(words) <= _MOST_WORDS:
        return ""
    if words[0] in STOP:
        return "stop"
    return "start" if words[0] in START else ""
