from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import mute_logger, tagged

from .booking_common import BookingCommon
from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestBookingModel(BookingCommon, MailroomCommon):
    """Visits on an order are events of the technicians' calendars (B5)."""

    roles = ("sender", "internal", "manager")

    def setUp(self):
        super().setUp()
        self.order = self.create_booked_order()

    # === WHO === #

    def test_the_technicians_attend_and_nobody_else(self):
        """The planner who books does not go there himself, and the customer is told by
        us, not by Odoo's invitation."""
        visit = self.book(self.order, user=self.sender)
        self.assertEqual(visit.partner_ids, self.kim.partner_id)
        self.assertEqual(visit.mailroom_technician_ids, self.kim)
        self.assertIn(visit, self.order.mailroom_booking_ids)
        visit.mailroom_technician_ids = self.lea
        self.assertEqual(visit.attendee_ids.partner_id, self.lea.partner_id)

    def test_the_customer_cannot_be_an_attendee(self):
        visit = self.book(self.order)
        with self.assertRaisesRegex(ValidationError, "Anna Ek"):
            visit.partner_ids += self.anna

    def test_odoo_invites_the_staff_only(self):
        """Booking, moving and cancelling: no mail of Odoo's to anybody else."""
        outsider = self.env["res.partner"].create(
            {"name": "Helper", "email": "helper@else.test"}
        )
        mails = self.env["mail.mail"].search([])
        visit = self.book(self.order)
        visit.partner_ids += outsider
        self.move(visit, hours=1)
        visit.action_mailroom_cancel()
        told = (self.env["mail.mail"].search([]) - mails).mapped("recipient_ids")
        self.assertLessEqual(told, self.kim.partner_id)
        self.assertTrue(told, "the technician hears of it")

    def test_booked_from_a_customers_page(self):
        """What the planner came from gets no activity and is no attendee."""
        events = self.as_user(self.env["calendar.event"], self.sender).with_context(
            active_model="res.partner", active_id=self.anna.id
        )
        start = self.at(3, 7)
        visit = events.create(
            {
                "mailroom_order_id": self.order.id,
                "start": start,
                "stop": start + timedelta(hours=1),
            }
        )
        self.assertFalse(visit.partner_ids)
        self.assertFalse(visit.res_id)
        self.assertTrue(visit.name)

    # === MOVED, CANCELLED === #

    def test_a_change_counts_and_voids_the_answer(self):
        visit = self.book(self.order)
        uid, sequence = visit.mailroom_uid, visit.mailroom_sequence
        visit.write({"mailroom_visit_state": "confirmed"})
        visit.write({"description": "<p>Bring a ladder</p>", "notes": "<p>x</p>"})
        self.assertEqual(visit.mailroom_sequence, sequence)
        self.assertEqual(visit.mailroom_visit_state, "confirmed")
        self.move(visit, hours=2)
        self.assertEqual(visit.mailroom_uid, uid)
        self.assertEqual(visit.mailroom_sequence, sequence + 1)
        self.assertEqual(visit.mailroom_visit_state, "planned")

    def test_cancelled_stays_on_the_order(self):
        visit = self.book(self.order)
        visit.action_mailroom_cancel()
        self.assertFalse(visit.active)
        self.assertEqual(visit.mailroom_visit_state, "cancelled")
        self.assertIn(visit, self.order.mailroom_booking_ids)
        visit.active = True
        self.assertEqual(visit.mailroom_visit_state, "planned")

    def test_archived_in_the_calendar_is_cancelled(self):
        visit = self.book(self.order)
        visit.active = False
        self.assertEqual(visit.mailroom_visit_state, "cancelled")

    def test_deleting_what_the_customer_knows_cancels_it(self):
        known = self.book(self.order)
        self.tell(self.order)
        unknown = self.book(self.order, days=9)
        (known | unknown).unlink()
        self.assertTrue(known.exists())
        self.assertEqual(known.mailroom_visit_state, "cancelled")
        self.assertFalse(unknown.exists())

    @mute_logger("odoo.models.unlink")
    def test_a_deleted_order_leaves_no_visit_behind(self):
        order = self.create_order()
        visit = self.book(order)
        order.unlink()
        self.assertFalse(visit.exists())

    # === THE ORDER === #

    def test_the_contact_person(self):
        """A person who orders is the contact; a company has none at first."""
        self.assertEqual(self.order.mailroom_contact_id, self.anna)
        order = self.create_order(partner_id=self.customer.id)
        self.assertFalse(order.mailroom_contact_id)
        order.mailroom_contact_id = self.bo
        people = {p.partner: p for p in order._mailroom_people()}
        self.assertEqual(people[self.bo].role, "contact")
        self.assertTrue(people[self.bo].proposed)
        self.assertFalse(people[self.customer].proposed)

    def test_machine_numbers_are_unique_with_a_customer(self):
        machines = self.env["mailroom.service.object"]
        values = {"name": "Cooler", "number": "4711", "partner_id": self.customer.id}
        machine = machines.create(values)
        self.assertEqual(machine.display_name, "Cooler (4711)")
        self.assertEqual(machines.name_search("471")[0][0], machine.id)
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        machines.create({**values, "partner_id": other.id})
        machines.create([{**values, "number": False}] * 2)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Exception, "already has a machine|number_uniq"),
        ):
            machines.create(values)

    # === COMPANIES === #

    def test_another_companys_visits_are_invisible(self):
        order = self.create_order(company=self.company_b, confirmed=True)
        visit = self.book(order)
        seen = self.as_user(self.env["calendar.event"], self.sender)
        self.assertNotIn(visit, seen.search([]))
        with self.assertRaises(AccessError):
            self.as_user(visit, self.sender).read(["name"])
        technician = self.as_user(visit, self.kim)
        self.assertTrue(technician.read(["name"]), "he has to go there")
        ours = self.book(self.order)
        self.assertIn(ours, seen.search([]))

    def test_another_companys_machines_and_types_are_invisible(self):
        for model, values in (
            ("mailroom.order.type", {}),
            ("mailroom.service.object", {"partner_id": self.customer.id}),
        ):
            records = self.env[model].create(
                [
                    {"name": "Ours", "company_id": self.company.id, **values},
                    {"name": "Theirs", "company_id": self.company_b.id, **values},
                ]
            )
            seen = self.as_user(self.env[model], self.sender).search(
                [("id", "in", records.ids)]
            )
            self.assertEqual(seen.mapped("name"), ["Ours"])

    def test_a_machine_of_another_company_does_not_fit_the_order(self):
        machine = self.env["mailroom.service.object"].create(
            {
                "name": "Theirs",
                "partner_id": self.customer.id,
                "company_id": self.company_b.id,
            }
        )
        with self.assertRaisesRegex(Exception, "Theirs"):
            self.order.mailroom_object_ids = [Command.link(machine.id)]

    def test_sellers_keep_machines_and_managers_types(self):
        machines = self.as_user(self.env["mailroom.service.object"], self.sender)
        machines.create({"name": "Cooler", "partner_id": self.customer.id})
        types = self.env["mailroom.order.type"]
        with self.assertRaises(AccessError):
            self.as_user(types, self.sender).create({"name": "Inspection"})
        self.as_user(types, self.manager).create({"name": "Inspection"})
