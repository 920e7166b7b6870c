from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .booking_common import BookingCommon
from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestBookingMessage(BookingCommon, MailroomCommon):
    """What the customer knows of the visits, and what he still has to hear (B5, B16,
    R7)."""

    roles = ("sender", "internal")

    def setUp(self):
        super().setUp()
        self.order = self.create_booked_order()

    def status(self):
        order = self.as_user(self.order, self.sender)
        order.invalidate_recordset()
        return order.mailroom_get_status()["booking"]

    # === STATE === #

    def test_from_booked_to_sent(self):
        """Not confirmed, queued, sent; the document itself stays as it was."""
        self.assertFalse(self.order.mailroom_booking_state)
        self.assertEqual(self.status(), {})
        self.book(self.order)
        self.assertEqual(self.order.mailroom_booking_state, "not_confirmed")
        self.tell(self.order)
        self.assertEqual(self.order.mailroom_booking_state, "queued")
        self.run_queue()
        self.assertEqual(self.order.mailroom_booking_state, "sent")
        self.assertEqual(self.order.mailroom_state, "not_sent")
        self.assertFalse(self.order.mailroom_booking_changed)
        (mail,) = self.mails
        self.assertEqual(mail.recipient, "anna@kund.test")
        self.assertIn("Kim Ek", mail.text)

    def test_no_paper_goes_along(self):
        self.book(self.order)
        self.tell(self.order)
        self.run_queue()
        self.assertFalse(self.booking_messages(self.order).file_ids)
        self.assertNotIn(b"application/pdf", self.mails[0].raw)

    def test_changed_in_words(self):
        """Time, people and place count, notes do not."""
        visit = self.book(self.order, days=3)
        self.tell(self.order)
        self.run_queue()
        visit.write({"description": "<p>Beware of the dog</p>", "name": "Later"})
        self.assertFalse(self.order.mailroom_booking_changed)
        before = self.order._mailroom_visit_text(visit)
        self.move(visit, days=1)
        self.assertTrue(self.order.mailroom_booking_changed)
        status = self.status()
        self.assertEqual(status["red"], "changed")
        (line,) = status["differences"]
        self.assertEqual(line["label"], "Visit")
        self.assertEqual(f"Kim Ek, {line['old']}", before)
        self.assertEqual(
            f"Kim Ek, {line['new']}", self.order._mailroom_visit_text(visit)
        )
        self.move(visit, days=-1)
        self.assertFalse(self.order.mailroom_booking_changed)
        visit.mailroom_technician_ids = self.lea
        (line,) = self.status()["differences"]
        self.assertEqual((line["old"], line["new"]), ("Kim Ek", "Lea Öst"))
        self.assertIn("Technicians", line["label"])
        visit.mailroom_technician_ids = self.kim
        visit.location = "Gate 4"
        (line,) = self.status()["differences"]
        self.assertEqual(line["new"], "Gate 4")

    def test_added_and_cancelled_in_words(self):
        first = self.book(self.order)
        self.tell(self.order)
        self.run_queue()
        self.book(self.order, days=8, who=self.lea)
        first.action_mailroom_cancel()
        lines = self.status()["differences"]
        self.assertEqual(len(lines), 2)
        self.assertEqual(lines[0]["old"], "")
        self.assertEqual(lines[1]["new"], "cancelled")

    def test_what_is_over_does_not_count(self):
        """Correcting the hours after the visit is no news for the customer."""
        visit = self.book(self.order, days=0, hour=0)
        visit.write({"start": fields.Datetime.now() + timedelta(minutes=1)})
        self.tell(self.order)
        self.run_queue()
        past = fields.Datetime.now() - timedelta(days=2)
        self.booking_messages(self.order).content = self.shifted(past)
        visit.write({"start": past, "stop": past + timedelta(hours=1)})
        self.assertFalse(self.order.mailroom_booking_changed)

    def shifted(self, start):
        """Return what the customer was told, as if the visit had been at a moment."""
        content = dict(self.booking_messages(self.order)[:1].content)
        values = content["mailroom_booking_ids"]["lines"][0]["values"]
        values["start"]["value"] = str(start)
        values["stop"]["value"] = str(start + timedelta(minutes=5))
        return content

    def test_the_facility_moves(self):
        """The delivery address is where the technicians go."""
        self.book(self.order)
        self.tell(self.order)
        self.run_queue()
        self.facility.street = "Björkvägen 24"
        self.assertTrue(self.order.mailroom_booking_changed)

    def test_while_the_form_is_open(self):
        """A line that is being typed in the form changes nothing yet."""
        self.book(self.order)
        self.tell(self.order)
        draft = self.order.new(
            {"mailroom_booking_ids": [Command.create({"start": False, "stop": False})]},
            origin=self.order,
        )
        self.assertEqual(draft.mailroom_booking_state, "queued")
        self.assertFalse(draft.mailroom_booking_changed)

    def test_nobody_writes_it_by_hand(self):
        for name in ("mailroom_booking_state", "mailroom_booking_changed"):
            with self.assertRaises(AccessError):
                self.as_user(self.order, self.sender).write({name: False})

    # === ASKED AFTER SAVING === #

    def test_the_question(self):
        self.assertFalse(self.ask(self.order))
        self.book(self.order)
        question = self.ask(self.order)
        self.assertEqual(question["kind"], "booking_confirmation")
        self.assertIn("Anna Ek", question["question"])
        self.assertEqual(question["email"], "anna@kund.test")
        self.assertIn("Kim Ek", question["lines"][0]["new"])
        self.tell(self.order)
        self.assertFalse(self.ask(self.order))
        self.run_queue()
        self.assertFalse(self.ask(self.order))

    def test_asked_again_after_a_change_in_the_calendar(self):
        """A technician drags the visit in his calendar; whoever opens the order is
        asked."""
        visit = self.book(self.order)
        self.tell(self.order)
        self.run_queue()
        self.move(self.as_user(visit, self.kim), hours=2)
        self.assertTrue(self.order.mailroom_booking_changed)
        self.assertTrue(self.ask(self.order))

    def test_only_with_a_contact_and_only_staff_of_the_order(self):
        self.book(self.order)
        self.assertFalse(self.ask(self.order, self.internal))
        self.order.mailroom_contact_id = False
        self.assertFalse(self.ask(self.order))
        with self.assertRaisesRegex(UserError, "no contact person"):
            self.tell(self.order)

    def test_a_contact_without_an_address(self):
        self.anna.email = False
        self.book(self.order)
        self.assertEqual(self.ask(self.order)["email"], "")
        with self.assertRaisesRegex(UserError, "no email address"):
            self.tell(self.order)

    def test_only_senders_send(self):
        self.book(self.order)
        with self.assertRaises(AccessError):
            self.tell(self.order, self.internal)
        self.assertFalse(self.booking_messages(self.order))

    def test_nothing_to_tell(self):
        with self.assertRaisesRegex(UserError, "No visit is booked"):
            self.tell(self.order)

    def test_who_asked_to_hear_of_visits_is_proposed(self):
        self.bo.write({"mailroom_notify_email": True, "mailroom_about_orders": False})
        self.book(self.order)
        (plan,) = self.plan_booking(self.order)
        self.assertEqual([r.address for r in plan.recipients], ["bo@kund.test"])
        self.assertEqual(plan.purpose, "booking")

    # === COST === #

    def queries(self, order):
        """Return how many queries the status lines of an order take."""
        order = self.as_user(order, self.sender)
        order.web_read({"mailroom_status": {}})
        self.env.flush_all()
        self.env.invalidate_all()
        order.web_read({"name": {}, "partner_id": {}})
        before = self.env.cr.sql_log_count
        order.web_read({"mailroom_status": {}})
        return self.env.cr.sql_log_count - before

    def test_the_visits_cost_little_on_an_open_order(self):
        """Nothing where there are none; with many no more than with one."""
        self.assertLessEqual(
            self.queries(self.order), self.queries(self.create_order())
        )
        self.book(self.order)
        once = self.queries(self.order)
        for days in range(4, 9):
            self.book(self.order, days=days)
        self.assertLessEqual(self.queries(self.order), once)
