from odoo.tests import HttpCase, tagged

from .booking_common import BookingCommon
from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestBookingTour(BookingCommon, HttpCase, MailroomCommon):
    """A planner books, is asked, sends, moves, sees red and sends again; the customer
    answers, in a real browser (B5, B16, B17, G11)."""

    registry_test_mode = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mailroom_tz = "UTC"
        cls.order = cls.create_booked_order()

    def tour(self, name, record=None):
        record = record or self.order
        path = f"/odoo/{record._name}/{record.id}"
        self.start_tour(path, f"mailroom_booking_{name}", login=self.sender.login)
        self.env.invalidate_all()

    def booked(self):
        """Return a visit that the customer was told of."""
        visit = self.book(self.order, user=self.sender)
        self.tell(self.order)
        self.run_queue()
        return visit

    def test_book_and_send(self):
        self.tour("book")
        (visit,) = self.order.mailroom_booking_ids
        self.assertEqual(visit.mailroom_technician_ids, self.kim)
        self.assertFalse(self.mails, "nothing leaves in the click")
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail.recipient, "anna@kund.test")
        self.assertIn("Kim Ek", mail.html)
        self.assertEqual(self.order.mailroom_booking_state, "sent")

    def test_move_say_no_and_send_after_all(self):
        self.booked()
        self.tour("move")
        self.run_queue()
        self.assertEqual(len(self.mails), 2)
        self.assertEqual(self.order.client_order_ref, "PO-77")
        self.assertFalse(self.order.mailroom_booking_changed)

    def test_cancel(self):
        visit = self.booked()
        self.tour("cancel")
        self.assertEqual(visit.mailroom_visit_state, "cancelled")
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_cancel_the_order(self):
        """Its visits are off, and the customer can hear of it at once."""
        self.booked()
        self.tour("cancel_order")
        self.assertEqual(self.order.state, "cancel")
        self.run_queue()
        self.assertIn("cancelled", self.mails[-1].text)

    def test_the_contact_comes_later(self):
        """Booked for a company: whoever names the contact is asked then."""
        self.order.mailroom_contact_id = False
        self.book(self.order, user=self.sender)
        self.tour("contact")
        self.run_queue()
        self.assertEqual(self.mails[-1].recipient, "anna@kund.test")

    def test_leave(self):
        self.booked()
        self.tour("leave")
        self.run_queue()
        self.assertEqual(len(self.mails), 2)

    def test_change_in_the_calendar(self):
        visit = self.booked()
        self.tour("calendar", visit)
        self.assertEqual(visit.location, "Gate 7")
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_given_to_another_order(self):
        visit = self.booked()
        other = self.create_booked_order(name="OTHER-7", partner_id=self.bo.id)
        self.tour("other_order", visit)
        self.assertEqual(visit.mailroom_order_id, other)
        self.run_queue()
        told = sorted(mail.recipient for mail in self.mails)
        self.assertEqual(told, ["anna@kund.test", "anna@kund.test", "bo@kund.test"])

    def test_cancel_in_the_calendar(self):
        visit = self.booked()
        self.tour("calendar_cancel", visit)
        self.assertEqual(visit.mailroom_visit_state, "cancelled")
        self.run_queue()
        self.assertIn("cancelled", self.mails[-1].text)

    def test_the_calendar_shows_who_comes(self):
        visit = self.booked()
        action = self.as_user(self.order, self.sender).action_mailroom_calendar()
        self.assertEqual(action["context"]["initial_date"], visit.start)
        shown = self.env["calendar.filters"].search([("user_id", "=", self.sender.id)])
        self.assertEqual(shown.partner_id, self.kim.partner_id)
        self.as_user(self.order, self.sender).action_mailroom_calendar()
        self.assertEqual(len(shown.search([("id", "in", shown.ids)])), 1)

    def test_the_customer_answers(self):
        visit = self.booked()
        delivery = self.dispatches(self.order)[:1].delivery_ids
        url = visit._mailroom_answer_url(delivery)
        answered = self.url_open(
            url.removeprefix(self.order.get_base_url()),
            data={
                "answer": "asked",
                "note": "After lunch, please",
                "seen": visit._mailroom_version(),
            },
        )
        self.assertIn("After lunch, please", answered.text)
        self.tour("answered")
