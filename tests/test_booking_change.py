import email

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .booking_common import BookingCommon
from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestBookingChange(BookingCommon, MailroomCommon):
    """A visit goes to another order, an order to another customer, an order is off:
    each customer hears what is his, and nothing else (B5, G11)."""

    roles = ("sender", "internal")

    def setUp(self):
        super().setUp()
        self.order = self.create_booked_order()
        self.visit = self.book(self.order, user=self.sender)
        self.neighbour = self.env["res.partner"].create(
            {"name": "Granne", "is_company": True, "email": "info@granne.test"}
        )
        self.other = self.create_booked_order(
            partner_id=self.neighbour.id,
            partner_shipping_id=self.neighbour.id,
            partner_invoice_id=self.neighbour.id,
        )

    # === TO ANOTHER ORDER === #

    def check_the_first_customer_hears_of_it(self, uid):
        self.assertTrue(self.order.mailroom_booking_changed)
        self.assertEqual(self.ask(self.order)["kind"], "booking_cancellation")
        self.tell(self.order)
        self.run_queue()
        mail = self.mails[-1]
        self.assertEqual(mail.recipient, "anna@kund.test")
        self.assertIn("Kim Ek", mail.text)
        (calendar,) = {
            part.get_payload(decode=True).decode()
            for part in email.message_from_bytes(mail.raw).walk()
            if part.get_content_type() == "text/calendar" and part.get_filename()
        }
        self.assertIn("METHOD:CANCEL", calendar)
        self.assertIn(uid, calendar)
        self.assertFalse(self.order.mailroom_booking_changed)
        self.assertFalse(self.ask(self.order))

    def test_the_first_customer_hears_that_nobody_comes(self):
        for order in (self.other, self.env["sale.order"]):
            visit = self.book(self.order, user=self.sender)
            with self.subTest(order=order.name):
                self.tell(self.order)
                self.run_queue()
                uid = visit.mailroom_uid
                if order == self.other:
                    self.visit.action_mailroom_cancel()
                    self.tell(self.order)
                    self.run_queue()
                self.as_user(visit, self.sender).mailroom_order_id = order
                self.assertNotEqual(visit.mailroom_uid, uid)
                self.assertTrue(visit.active)
                self.check_the_first_customer_hears_of_it(uid)

    def test_it_is_a_new_visit_for_the_second_customer(self):
        self.tell(self.order)
        self.visit.mailroom_visit_state = "confirmed"
        mails = self.env["mail.mail"].search_count([])
        self.as_user(self.visit, self.sender).mailroom_order_id = self.other
        self.assertEqual(self.visit.mailroom_visit_state, "planned")
        self.assertEqual(self.visit.name, self.other._mailroom_visit_name())
        self.assertEqual(self.other.mailroom_booking_ids, self.visit)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        (left,) = self.order.mailroom_booking_ids
        self.assertEqual(left.mailroom_visit_state, "cancelled")
        self.assertEqual(left.mailroom_technician_ids, self.kim)

    def test_what_nobody_knows_of_leaves_nothing_behind(self):
        uid = self.visit.mailroom_uid
        self.as_user(self.visit, self.sender).mailroom_order_id = self.other
        self.assertFalse(self.order.mailroom_booking_ids)
        self.assertFalse(self.order.mailroom_booking_state)
        self.assertEqual(self.visit.mailroom_uid, uid)

    def test_a_whole_day_stays_one(self):
        day = self.visit.start.date()
        self.visit.write({"allday": True, "start_date": day, "stop_date": day})
        span = self.visit._mailroom_span()
        self.tell(self.order)
        self.visit.mailroom_order_id = self.other
        (left,) = self.order.mailroom_booking_ids
        self.assertTrue(left.allday)
        self.assertEqual(left._mailroom_span(), span)

    def test_who_may_not_change_the_order_does_not_take_its_visits(self):
        for order in (False, self.other.id):
            with self.assertRaises(AccessError):
                self.as_user(self.visit, self.kim).write({"mailroom_order_id": order})
        self.assertEqual(self.visit.mailroom_order_id, self.order)

    # === TO ANOTHER CUSTOMER === #

    def machine(self, partner):
        return self.env["mailroom.service.object"].create(
            {"name": f"Boiler of {partner.name}", "partner_id": partner.id}
        )

    def test_another_customer_does_not_hear_of_the_machines(self):
        order = self.create_order(partner_shipping_id=self.facility.id)
        order.mailroom_object_ids = self.machine(self.customer)
        visit = self.book(order)
        named = self.book(order, days=5, name="Bring the ladder")
        with Form(self.as_user(order, self.sender)) as form:
            form.partner_id = self.bo
            self.assertEqual(len(form.mailroom_object_ids[:]), 1, "the same customer")
            form.partner_id = self.neighbour
            self.assertFalse(form.mailroom_object_ids[:])
        self.assertFalse(order.mailroom_object_ids)
        self.assertEqual(visit.name, f"{order.name} Granne")
        self.assertEqual(named.name, "Bring the ladder")

    def test_without_a_form_neither(self):
        order = self.create_order()
        own = self.machine(self.customer)
        order.mailroom_object_ids = own
        copy = order.copy()
        order.partner_id = self.neighbour
        self.assertFalse(order.mailroom_object_ids)
        self.assertEqual(copy.mailroom_object_ids, own)
        with self.assertRaisesRegex(ValidationError, "Boiler of Kund Fastigheter"):
            order.mailroom_object_ids = [Command.link(own.id)]

    # === A PRIVATE VISIT === #

    def hide(self):
        """The technician keeps the visit to himself."""
        self.visit.write({"user_id": self.kim.id, "privacy": "private"})
        self.env.invalidate_all()

    def test_a_private_visit_does_not_keep_the_order(self):
        self.hide()
        order = self.as_user(self.order, self.sender)
        order._action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(self.visit.mailroom_visit_state, "cancelled")
        self.assertFalse(self.visit.active)

    def test_a_private_visit_stands_on_its_order(self):
        self.hide()
        order = self.as_user(self.order, self.sender)
        self.assertEqual(order.mailroom_booking_ids, self.visit)
        self.assertEqual(order.mailroom_booking_ids.name, "Busy")
