import email

import vobject

from odoo.tests import tagged

from ..tools.plan import Recipient, Wishes
from .booking_common import BookingCommon
from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestBookingCalendar(BookingCommon, MailroomCommon):
    """A calendar file goes with each message about visits (G11)."""

    roles = ("sender",)

    def setUp(self):
        super().setUp()
        self.order = self.create_booked_order()

    def files(self, mail=None):
        """Return ``{file name: (method of the part, calendar)}`` of a mail."""
        message = email.message_from_bytes((mail or self.mails[-1]).raw)
        return {
            part.get_filename(): (
                part.get_param("method"),
                vobject.readOne(part.get_payload(decode=True).decode()),
            )
            for part in message.walk()
            if part.get_content_type() == "text/calendar" and part.get_filename()
        }

    def tell_and_read(self):
        self.tell(self.order)
        self.run_queue()
        return self.files()

    def test_one_visit(self):
        visit = self.book(self.order)
        ((name, (method, calendar)),) = self.tell_and_read().items()
        self.assertEqual((name, method), ("visit.ics", "REQUEST"))
        event = calendar.vevent
        self.assertEqual(event.uid.value, visit.mailroom_uid)
        self.assertEqual(event.dtstart.value.strftime("%H:%M"), "07:00")
        self.assertEqual(
            event.dtstart.value.utctimetuple()[:5], visit.start.timetuple()[:5]
        )
        self.assertIn(self.order.name, event.summary.value)
        self.assertIn("Björkvägen 22", event.location.value)
        self.assertEqual(event.organizer.value, "mailto:post@ahlberg.test")
        self.assertEqual(event.attendee.value, "mailto:anna@kund.test")

    def test_mail_programs_offer_it(self):
        """One visit stands beside the text, too, where mail programs look for it."""
        self.book(self.order)
        self.tell_and_read()
        message = email.message_from_bytes(self.mails[-1].raw)
        (alternative,) = (
            part
            for part in message.walk()
            if part.get_content_type() == "multipart/alternative"
        )
        kinds = [part.get_content_type() for part in alternative.get_payload()]
        self.assertEqual(kinds[-1], "text/calendar")

    def test_moved_and_cancelled_is_the_same_visit(self):
        visit = self.book(self.order)
        events = [calendar.vevent for _m, calendar in self.tell_and_read().values()]
        self.move(visit, days=1)
        events += [calendar.vevent for _m, calendar in self.tell_and_read().values()]
        visit.action_mailroom_cancel()
        files = self.tell_and_read()
        ((method, calendar),) = files.values()
        self.assertEqual(method, "CANCEL")
        self.assertEqual(calendar.method.value, "CANCEL")
        events.append(calendar.vevent)
        self.assertEqual({event.uid.value for event in events}, {visit.mailroom_uid})
        sequences = [int(event.sequence.value) for event in events]
        self.assertEqual(sequences, sorted(set(sequences)))

    def test_a_file_per_visit(self):
        first = self.book(self.order)
        second = self.book(self.order, days=8)
        self.tell_and_read()
        first.action_mailroom_cancel()
        files = self.tell_and_read()
        found = {
            calendar.vevent.uid.value: method for method, calendar in files.values()
        }
        self.assertEqual(
            found, {first.mailroom_uid: "CANCEL", second.mailroom_uid: "REQUEST"}
        )

    def test_a_cancelled_visit_nobody_knew_of_is_not_mentioned(self):
        self.book(self.order)
        self.book(self.order, days=8).action_mailroom_cancel()
        self.assertEqual(list(self.tell_and_read()), ["visit.ics"])

    def test_everybody_gets_his_own(self):
        """No file names the address of somebody else."""
        self.book(self.order)
        order = self.as_user(self.order, self.sender)
        addresses = ("anna@kund.test", "bo@kund.test")
        wishes = Wishes(
            template=self.template("confirmation_en"),
            recipients=[Recipient(address) for address in addresses],
        )
        plans = order.env["mailroom.planner"]._plan(order, wishes)
        order.env["mailroom.dispatch"]._send(plans)
        self.run_queue()
        for mail in self.mails:
            ((_method, calendar),) = self.files(mail).values()
            text = calendar.serialize()
            self.assertIn(mail.recipient, text)
            (other,) = set(addresses) - {mail.recipient}
            self.assertNotIn(other, text)

    def test_the_clock_of_the_facility(self):
        self.facility.mailroom_tz = "America/New_York"
        self.book(self.order)
        ((_method, calendar),) = self.tell_and_read().values()
        self.assertIn("TZID=America/New_York", calendar.serialize())

    def test_the_message_keeps_what_it_says(self):
        """Text and file are of one moment, although the file is made later."""
        visit = self.book(self.order)
        dispatch = self.tell(self.order)
        self.assertEqual(dispatch.calendar[0]["start"], str(visit.start))

    def test_the_staffs_notes_stay_in_the_house(self):
        self.book(
            self.order,
            name="Pays late\r\nATTENDEE:mailto:evil@else.test",
            description="<p>Difficult <b>customer</b></p>",
            notes="<p>Secret</p>",
        )
        self.tell_and_read()
        for word in ("Pays late", "Difficult", "Secret", "evil@else.test"):
            self.assertNotIn(word, self.mails[-1].html + self.mails[-1].text)
            self.assertNotIn(word, str(self.files()))

    def test_hostile_words_in_the_file(self):
        """What is typed on the order becomes no line of the file (S8)."""
        hostile = "x\r\nATTENDEE:mailto:evil@else.test\r\nEND:VEVENT"
        self.book(self.order, location=hostile)
        self.order.client_order_ref = hostile
        ((_method, calendar),) = self.tell_and_read().values()
        event = calendar.vevent
        self.assertEqual(event.attendee.value, "mailto:anna@kund.test")
        self.assertEqual(len(event.attendee_list), 1)

    def test_other_messages_have_none(self):
        self.book(self.order)
        self.send(self.order)
        self.run_queue()
        self.assertFalse(self.files())
