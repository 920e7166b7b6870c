from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.plan import Recipient
from .booking_common import BookingCommon
from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestBookingOutbox(BookingCommon, MailroomCommon):
    """Messages about visits that wait: the last word leaves, nothing untrue (R7)."""

    roles = ("sender",)

    def setUp(self):
        super().setUp()
        self.order = self.create_booked_order()

    # === ONE MESSAGE === #

    def test_moved_twice_before_anything_left(self):
        """One message leaves, with the last time."""
        visit = self.book(self.order)
        for hours in (1, 2):
            self.tell(self.order)
            self.move(visit, hours=hours)
        self.tell(self.order)
        self.run_queue()
        (mail,) = self.mails
        self.assertIn("10:00", mail.text)
        self.assertEqual(self.order.mailroom_booking_state, "sent")
        self.assertFalse(self.order.mailroom_booking_changed)
        self.assertFalse(self.ask(self.order))

    def test_a_double_click(self):
        self.book(self.order)
        self.tell(self.order)
        with self.assertRaisesRegex(UserError, "already on its way"):
            self.tell(self.order)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_moved_there_and_back(self):
        """The first time is news again after another one was told."""
        visit = self.book(self.order)
        for hours in (2, -2, 0):
            self.tell(self.order)
            self.run_queue()
            if hours:
                self.move(visit, hours=hours)
        self.assertEqual(len(self.mails), 3)

    def test_others_keep_their_message(self):
        """A newer message to Anna does not take back what Bo still gets."""
        self.book(self.order)
        for recipient in ("bo@kund.test", "anna@kund.test"):
            self.send_to(recipient)
        self.book(self.order, days=8)
        self.send_to("anna@kund.test")
        self.run_queue()
        self.assertEqual(
            sorted(mail.recipient for mail in self.mails),
            ["anna@kund.test", "bo@kund.test"],
        )

    def send_to(self, address):
        (plan,) = self.plan_booking(self.order, recipients=[Recipient(address)])
        return plan.document.env["mailroom.dispatch"]._send([plan])

    def test_moved_while_the_message_waits_and_not_told_again(self):
        """Nobody gets a time that does not hold; the planner sees that nothing was
        told."""
        visit = self.book(self.order)
        self.tell(self.order)
        self.move(visit, hours=1)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(self.order.mailroom_booking_state, "not_confirmed")
        self.assertTrue(self.ask(self.order))

    def test_a_further_visit_takes_nothing_back(self):
        self.book(self.order)
        self.tell(self.order)
        self.book(self.order, days=9)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        self.assertTrue(self.order.mailroom_booking_changed)

    # === CANCELLED === #

    def test_cancelled_before_anybody_knew(self):
        """What waits is taken back, and there is nothing to tell."""
        visit = self.book(self.order)
        self.tell(self.order)
        visit.action_mailroom_cancel()
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertFalse(self.ask(self.order))

    def test_cancelled_after_it_was_told(self):
        visit = self.book(self.order)
        self.tell(self.order)
        self.run_queue()
        visit.action_mailroom_cancel()
        question = self.ask(self.order)
        self.assertEqual(question["kind"], "booking_cancellation")
        dispatch = self.tell(self.order)
        self.assertEqual(dispatch.template_id, self.template("cancellation_en"))
        self.run_queue()
        self.assertIn("cancelled", self.mails[-1].text)
        self.assertIn("Kim Ek", self.mails[-1].text)
        self.assertFalse(self.ask(self.order))
        self.assertEqual(self.order.mailroom_booking_state, "sent")

    def test_a_cancelled_order(self):
        """Its visits are off, and the customer can be told."""
        visit = self.book(self.order)
        self.tell(self.order)
        self.run_queue()
        self.as_user(self.order, self.sender).action_cancel()
        self.assertEqual(visit.mailroom_visit_state, "cancelled")
        self.assertEqual(self.ask(self.order)["kind"], "booking_cancellation")
        self.tell(self.order)
        self.run_queue()
        self.assertEqual(len(self.mails), 2)

    # === LATER, TOO LATE === #

    def test_given_up_when_the_visit_begins(self):
        visit = self.book(self.order)
        dispatch = self.tell(self.order)
        self.assertEqual(dispatch.delivery_ids.give_up_at, visit.start)

    def test_nobody_hears_of_a_visit_that_has_begun(self):
        self.book(self.order)
        dispatch = self.tell(self.order)
        dispatch.delivery_ids.give_up_at = fields.Datetime.now() - timedelta(minutes=1)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(self.order.mailroom_booking_state, "failed")

    def test_leaves_later_with_what_holds_then(self):
        """A message of a rule waits; it tells of the visit as it is when it leaves, and
        dies with the last visit."""
        visit = self.book(self.order)
        later = fields.Datetime.now() + timedelta(minutes=10)
        plans = self.plan_booking(
            self.order, not_before=later, origin="rule", rule="Reminder"
        )
        plans[0].document.env["mailroom.dispatch"]._send(plans)
        self.move(visit, hours=2)
        self.let_time_pass(minutes=11)
        self.run_queue()
        (mail,) = self.mails
        self.assertIn("9:00", mail.text)
        self.assertFalse(self.order.mailroom_booking_changed)
        plans = self.plan_booking(
            self.order, not_before=later + timedelta(hours=1), origin="rule"
        )
        self.move(visit, hours=1)
        plans[0].document.env["mailroom.dispatch"]._send(plans)
        visit.action_mailroom_cancel()
        self.let_time_pass(hours=3)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
