from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .booking_common import BookingCommon
from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestBookingRed(BookingCommon, MailroomCommon):
    """An order is red only while something lies ahead that the customer does not know,
    and whoever cannot act is not asked (B16)."""

    roles = ("sender",)

    def setUp(self):
        super().setUp()
        self.order = self.create_booked_order()

    def red(self):
        order = self.as_user(self.order, self.sender)
        order.invalidate_recordset()
        return order.mailroom_get_status()["booking"].get("red")

    def days_later(self, days):
        """Return a context in which so many days have gone by."""
        self.env.flush_all()
        return freeze_time(fields.Datetime.now() + timedelta(days=days))

    def told(self, **values):
        """Return a visit that Anna has read of."""
        visit = self.book(self.order, **values)
        self.tell(self.order)
        self.run_queue()
        return visit

    def run_cron(self):
        self.env.ref("mailroom.mailroom_visits_over_cron").ir_actions_server_id.run()
        self.env.flush_all()

    # === OVER === #

    def test_never_told_and_over(self):
        """Nothing red, nothing asked; the hourly run tells the lists."""
        self.book(self.order)
        self.assertEqual(self.red(), "untold")
        with self.days_later(5):
            self.assertFalse(self.red())
            self.assertFalse(self.ask(self.order))
            self.assertEqual(self.order.mailroom_booking_state, "not_confirmed")
            self.run_cron()
            self.assertFalse(self.order.mailroom_booking_state)
            with self.assertRaisesRegex(UserError, "No visit is booked"):
                self.tell(self.order)

    def test_told_changed_and_over(self):
        """Nobody is asked whether to cancel a visit that took place."""
        visit = self.told()
        self.move(visit, hours=2)
        self.assertEqual(self.red(), "changed")
        with self.days_later(5):
            self.assertFalse(self.red())
            self.assertFalse(self.ask(self.order))
            self.assertTrue(self.order.mailroom_booking_changed)
            self.run_cron()
            self.assertFalse(self.order.mailroom_booking_changed)
            order = self.as_user(self.order, self.sender)
            title = order.action_mailroom_booking_send()["name"]
            self.assertIn("Booking confirmation", title)

    def test_over_while_another_one_lies_ahead(self):
        """Of two changed visits the later one still counts."""
        visits = self.told() | self.told(days=20)
        self.move(visits[0], hours=2)
        self.move(visits[1], hours=2)
        with self.days_later(5):
            self.assertEqual(self.red(), "changed")
            self.run_cron()
            self.assertTrue(self.order.mailroom_booking_changed)
            self.assertEqual(len(self.ask(self.order)["lines"]), 1)

    def test_the_line_says_what_its_button_sends(self):
        visit = self.book(self.order)
        order = self.as_user(self.order, self.sender)
        status = order.mailroom_get_status()["booking"]
        self.assertEqual(status["kind"], "booking_confirmation")
        self.assertFalse(status["differences"])
        self.tell(self.order)
        self.run_queue()
        visit.action_mailroom_cancel()
        kind = order.mailroom_get_status()["booking"]["kind"]
        self.assertEqual(kind, "booking_cancellation")

    # === WHO IS ASKED === #

    def test_a_technician_moves_his_visit_and_is_not_asked(self):
        """He need not see the order: no question, no error, no button."""
        visit = self.as_user(self.told(), self.kim)
        self.assertFalse(self.as_user(self.order, self.kim).has_access("read"))
        self.move(visit, hours=1)
        self.assertFalse(self.ask(self.order, self.kim))
        self.assertFalse(self.buttons(self.kim))
        self.assertTrue(self.ask(self.order), "the planner is")
        self.assertEqual(len(self.buttons(self.sender)), 2)

    def buttons(self, user):
        """Return our buttons on the form of an event, as a user gets them."""
        events = self.as_user(self.env["calendar.event"], user)
        form = etree.fromstring(events.get_view(view_type="form")["arch"])
        return form.xpath("//button[starts-with(@name, 'action_mailroom')]/@name")
