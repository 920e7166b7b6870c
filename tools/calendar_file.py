"""Calendar files of visits: one file a visit, for a customer's own calendar.

Sources: RFC 5545 (iCalendar), RFC 5546 (what REQUEST and CANCEL mean, iTIP), RFC 6047
(how they travel by mail, iMIP).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytz
import vobject
from vobject.icalendar import utc as UTC

_PRODID = "-//Mailroom//Bookings//EN"
# Breaks of lines are written as such; other control characters may not occur
# (RFC 5545 3.1), and neither may the characters that turn the direction of writing.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
# No escape exists for a quotation mark inside of a parameter (RFC 5545 3.2).
_NOT_IN_NAME = re.compile(r"[\"\n\\]+")
_MOMENT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Visit:
    """What a calendar shows of a visit.

    ``start`` and ``stop`` are UTC as ``2026-10-06 05:00:00``; those of a whole day are
    midnight in ``zone``, the time zone of the place. ``sequence`` grows with every
    change (RFC 5545 3.8.7.4).
    """

    uid: str
    sequence: int
    start: str
    stop: str
    zone: str
    summary: str
    allday: bool = False
    description: str = ""
    place: str = ""
    cancelled: bool = False

    @property
    def method(self):
        """What the file asks for: ``REQUEST`` or ``CANCEL`` (RFC 5546 3.2)."""
        return "CANCEL" if self.cancelled else "REQUEST"

    @property
    def days(self):
        """First day, and the day after the last one."""
        first, last = self._local(self.start).date(), self._local(self.stop).date()
        return first, max(last, first + timedelta(days=1))

    @property
    def times(self):
        """Start and stop by the clock of the place."""
        return self._local(self.start), self._local(self.stop)

    def _local(self, moment):
        zone = pytz.timezone(self.zone)
        naive = datetime.strptime(moment, _MOMENT)
        local = pytz.utc.localize(naive).astimezone(zone)
        return naive.replace(tzinfo=UTC) if zone is pytz.utc else local


def build(visit, organizer, attendee, now):
    """Write the file for one visit and one person.

    :param Visit visit: the visit
    :param tuple organizer: name and address of the company that sends
    :param tuple attendee: name and address of the one person who gets the file
    :param datetime.datetime now: UTC, without zone
    :return: the file with CRLF line ends
    :rtype: str
    """
    calendar = vobject.iCalendar()
    calendar.add("prodid").value = _PRODID
    calendar.add("method").value = visit.method
    event = calendar.add("vevent")
    event.add("uid").value = _text(visit.uid)
    event.add("sequence").value = str(visit.sequence)
    event.add("dtstamp").value = now.replace(tzinfo=UTC)
    start, stop = visit.days if visit.allday else visit.times
    event.add("dtstart").value = start
    event.add("dtend").value = stop
    event.add("status").value = "CANCELLED" if visit.cancelled else "CONFIRMED"
    for name in ("summary", "description"):
        if text := _text(getattr(visit, name)):
            event.add(name).value = text
    if visit.place:
        event.add("location").value = _text(visit.place)
    _add_person(event, "organizer", *organizer)
    person = _add_person(event, "attendee", *attendee)
    person.params["PARTSTAT"] = ["NEEDS-ACTION"]
    # The answer is given on the page that the mail links to.
    person.params["RSVP"] = ["FALSE"]
    return calendar.serialize()


def file_name(visit, number=0):
    """Return the name of the file: ``visit.ics``, ``visit-2.ics`` for further ones."""
    kind = "cancelled" if visit.cancelled else "visit"
    return f"{kind}-{number + 1}.ics" if number else f"{kind}.ics"


def _add_person(event, role, name, address):
    person = event.add(role)
    person.value = f"mailto:{_text(address)}"
    if shown := _NOT_IN_NAME.sub(" ", _text(name)).strip():
        person.params["CN"] = [shown]
    return person


def _text(value):
    text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", text)
