"""Calendar files of visits, read back as a customer's calendar reads them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import vobject

from tools.calendar_file import Visit, build, file_name

NOW = datetime(2026, 9, 30, 12, 0)
VISIT = Visit(
    uid="a1@mailroom",
    sequence=2,
    start="2026-10-06 05:00:00",
    stop="2026-10-06 08:00:00",
    zone="Europe/Stockholm",
    summary="Ahlberg Service: Service order S00042",
    description="Technician: Kim Ek",
    place="Lillgatan 2, 333 44 Malmö",
)
ORGANIZER = ("Ahlberg Service", "post@ahlberg.test")
ANNA = ("Anna Ek", "anna@kund.test")


def text(visit=VISIT, organizer=ORGANIZER, attendee=ANNA):
    return build(visit, organizer, attendee, NOW)


def read(*args, **kwargs):
    return vobject.readOne(text(*args, **kwargs))


def test_what_it_says():
    calendar = read()
    event = calendar.vevent
    assert calendar.version.value == "2.0"
    assert calendar.method.value == "REQUEST"
    assert event.uid.value == "a1@mailroom"
    assert event.sequence.value == "2"
    assert event.status.value == "CONFIRMED"
    assert event.summary.value == "Ahlberg Service: Service order S00042"
    assert event.description.value == "Technician: Kim Ek"
    assert event.location.value == "Lillgatan 2, 333 44 Malmö"


def test_nobody_but_the_company_and_the_one_who_gets_it():
    event = read().vevent
    assert event.organizer.value == "mailto:post@ahlberg.test"
    assert event.organizer.params["CN"] == ["Ahlberg Service"]
    assert [a.value for a in event.attendee_list] == ["mailto:anna@kund.test"]
    assert text().count("@") == 3  # with the UID


def test_a_cancelled_visit():
    calendar = read(replace(VISIT, cancelled=True, sequence=3))
    assert calendar.method.value == "CANCEL"
    assert calendar.vevent.status.value == "CANCELLED"
    assert (calendar.vevent.uid.value, calendar.vevent.sequence.value) == (
        "a1@mailroom",
        "3",
    )


@pytest.mark.parametrize(
    ("zone", "start", "local", "offset"),
    [
        ("Europe/Stockholm", "2026-10-06 05:00:00", "07:00", 2),
        # The night in which the clocks go back, and the days around it
        ("Europe/Stockholm", "2026-10-24 22:30:00", "00:30", 2),
        ("Europe/Stockholm", "2026-10-25 06:00:00", "07:00", 1),
        # … and forward
        ("Europe/Stockholm", "2026-03-28 06:00:00", "07:00", 1),
        ("Europe/Stockholm", "2026-03-29 05:00:00", "07:00", 2),
        ("America/New_York", "2026-10-28 11:00:00", "07:00", -4),
        ("Asia/Kolkata", "2026-07-01 01:30:00", "07:00", 5.5),
        ("Australia/Sydney", "2026-12-01 20:00:00", "07:00", 11),
        ("UTC", "2026-10-06 07:00:00", "07:00", 0),
    ],
)
def test_the_clock_of_the_place(zone, start, local, offset):
    """The wall clock stands in the file, and its zone leads back to the moment."""
    stop = str(datetime.fromisoformat(start) + timedelta(hours=3))
    written = text(replace(VISIT, zone=zone, start=start, stop=stop))
    begin = vobject.readOne(written).vevent.dtstart.value
    assert begin.strftime("%H:%M") == local
    assert begin.utcoffset() == timedelta(hours=offset)
    utc = datetime.fromisoformat(start)
    assert begin.replace(tzinfo=None) - begin.utcoffset() == utc
    if zone != "UTC":
        assert "BEGIN:VTIMEZONE" in written
        assert f"DTSTART;TZID={zone}:" in written


def test_over_midnight():
    event = read(replace(VISIT, stop="2026-10-07 00:00:00")).vevent
    assert event.dtend.value.strftime("%d %H:%M") == "07 02:00"


def test_whole_days():
    """The end of whole days is the day after (RFC 5545 3.6.1)."""
    visit = replace(
        VISIT, allday=True, start="2026-10-05 22:00:00", stop="2026-10-07 22:00:00"
    )
    event = read(visit).vevent
    assert event.dtstart.value == date(2026, 10, 6)
    assert event.dtend.value == date(2026, 10, 8)
    assert "VTIMEZONE" not in text(visit)


@pytest.mark.parametrize(
    "hostile",
    [
        "x\r\nATTENDEE:mailto:evil@else.test",
        "x\nEND:VEVENT\nBEGIN:VEVENT\nUID:other",
        "x\rMETHOD:CANCEL",
        'x";X-EVIL="1":mailto:evil@else.test',
        "x\\nMETHOD:CANCEL, y; z\x00\x85\u2028METHOD:CANCEL",
    ],
)
def test_text_stays_text(hostile):
    """What people type becomes no line, no parameter and no person (S8)."""
    visit = replace(VISIT, summary=hostile, description=hostile, place=hostile)
    written = text(visit, (hostile, "post@ahlberg.test"), (hostile, "anna@kund.test"))
    lines = written.replace("\r\n ", "").split("\r\n")
    names = [line.partition(":")[0].partition(";")[0] for line in lines if line]
    plain = text().replace("\r\n ", "").split("\r\n")
    usual = [line.partition(":")[0].partition(";")[0] for line in plain if line]
    assert sorted(names) == sorted(usual)
    event = vobject.readOne(written).vevent
    assert [a.value for a in event.attendee_list] == ["mailto:anna@kund.test"]
    assert event.organizer.value == "mailto:post@ahlberg.test"
    assert set(event.attendee.params) == {"CN", "PARTSTAT", "RSVP"}


def test_lines_are_short():
    """No line is longer than 75 octets (RFC 5545 3.1)."""
    written = text(replace(VISIT, summary="Å" * 300))
    assert max(len(line) for line in written.encode().split(b"\r\n")) <= 75
    assert vobject.readOne(written).vevent.summary.value == "Å" * 300


def test_file_names():
    assert file_name(VISIT) == "visit.ics"
    assert file_name(VISIT, 1) == "visit-2.ics"
    assert file_name(replace(VISIT, cancelled=True)) == "cancelled.ics"
