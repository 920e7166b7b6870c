"""Days and times as a person of that language writes them.

Source of all forms but the Swedish one: Unicode CLDR, as Babel carries it.
"""

import re
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time

# How a Swede writes the day of a visit: no comma, two digits, small letters.
_OWN = {"sv": "EEEE dd MMMM"}
# The year in a form of date, with the comma or the word before it.
_YEAR = re.compile(r"[\s,]*(?:'[^']*'\s*)?y+[^A-Za-z']*")


# The documents of a batch share few days: the same ones are written again and again.
@lru_cache(maxsize=4096)
def short_date(day, form, lang):
    """Return a date in a language's own short form.

    :param datetime.date day: the date
    :param str form: LDML pattern of that form
    :param str lang: language code such as ``sv_SE``
    :rtype: str
    """
    return format_date(day, format=form, locale=_locale(lang))


@lru_cache(maxsize=4096)
def long_date(day, lang):
    """Return a date with the month in words: ``6 oktober 2026``.

    :param datetime.date day: the date
    :param str lang: language code such as ``sv_SE``
    :rtype: str
    """
    locale = _locale(lang)
    return _write(day, locale.date_formats["long"].pattern, locale)


@lru_cache(maxsize=4096)
def day_of_visit(day, lang):
    """Return weekday, day and month without the year: ``fredag 06 oktober``.

    :param datetime.date day: the date
    :param str lang: language code such as ``sv_SE``
    :rtype: str
    """
    locale = _locale(lang)
    full = locale.date_formats["full"].pattern
    form = _OWN.get(locale.language) or _YEAR.sub(" ", full).strip(" ,")
    return _write(day, form, locale)


def _write(day, form, locale):
    if locale.language == "fr" and day.day == 1:
        # CLDR has no ordinal numbers for days: le 1er octobre
        form = re.sub(r"\bd\b", "d'er'", form)
    return format_date(day, format=form, locale=locale)


def interval(start, end, lang):
    """Return from when to when: ``07:00 – 10:00``.

    :param datetime.time start: local time
    :param datetime.time end: local time
    :param str lang: language code such as ``sv_SE``
    :rtype: str
    """
    locale = _locale(lang)
    times = (format_time(time, format="short", locale=locale) for time in (start, end))
    return " – ".join(times)


@lru_cache(maxsize=64)
def _locale(lang):
    return Locale.parse(lang.partition("@")[0])
