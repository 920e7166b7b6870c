from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form

from .common import GROUPS
from .protocol_common import ProtocolCommon


class TestProtocolMake(ProtocolCommon):
    """A protocol is made from an order, and numbered by its company."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order(confirmed=True)

    def new_form(self, order=None):
        """Press "Service Protocol" on an order."""
        order = self.as_user(order or self.order, self.sender)
        action = order.action_mailroom_protocol()
        model = order.env["mailroom.protocol"].with_context(**action["context"])
        return Form(model)

    def test_the_order_fills_it_in(self):
        protocol = self.new_form().save()
        self.assertEqual(protocol.partner_id, self.customer)
        self.assertEqual(protocol.facility_id, self.order.partner_shipping_id)
        self.assertEqual(protocol.contact_id, self.anna)
        self.assertEqual(protocol.user_id, self.sender)
        self.assertEqual(protocol.company_id, self.company)
        self.assertEqual(protocol.material_ids.product_id, self.product)
        self.assertEqual(protocol.material_ids.quantity, 2)
        self.assertFalse("price_unit" in protocol.material_ids._fields)

    def test_what_the_order_gave_can_be_changed(self):
        with self.new_form() as form:
            form.contact_id = self.bo
            with form.material_ids.edit(0) as line:
                line.quantity = 5
            with form.material_ids.new() as line:
                line.product_id = self.product
        protocol = form.record
        self.assertEqual(protocol.contact_id, self.bo)
        self.assertEqual(protocol.material_ids.mapped("quantity"), [5, 1])

    def test_the_language_is_that_of_the_order(self):
        self.order.invoice_lang = "sv_SE"
        self.assertEqual(self.new_form().save().invoice_lang, "sv_SE")

    def test_a_visit_without_an_order(self):
        form = Form(self.as_user(self.env["mailroom.protocol"], self.sender))
        form.partner_id = self.customer
        protocol = form.save()
        self.assertEqual(protocol.company_id, self.company)
        self.assertTrue(protocol.visit_start <= fields.Datetime.now())
        self.assertEqual(protocol.visit_stop - protocol.visit_start, timedelta(hours=1))

    def test_without_an_order_the_contact_decides_the_language(self):
        self.anna.lang = "sv_SE"
        form = Form(self.as_user(self.env["mailroom.protocol"], self.sender))
        form.partner_id = self.customer
        self.assertEqual(form.invoice_lang, "en_US")
        form.contact_id = self.anna
        self.assertEqual(form.invoice_lang, "sv_SE")

    def test_it_is_about_the_visit_that_was_booked(self):
        colleague = self.create_user("technician", GROUPS["sender"])
        now = fields.Datetime.now()
        for days, technician in ((-7, self.sender), (-1, colleague), (7, self.sender)):
            self.env["calendar.event"].create(
                {
                    "name": "Visit",
                    "mailroom_order_id": self.order.id,
                    "start": now + timedelta(days=days),
                    "stop": now + timedelta(days=days, hours=2),
                    "partner_ids": [Command.set(technician.partner_id.ids)],
                }
            )
        protocol = self.new_form().save()
        self.assertEqual(protocol.visit_start, now - timedelta(days=1))
        self.assertEqual(protocol.visit_stop, now - timedelta(hours=22))
        self.assertEqual(protocol.user_id, colleague)

    def test_each_company_counts_for_itself(self):
        sender_b = self.create_user("sender_b", GROUPS["sender"], self.company_b)
        ours = [self.create_protocol(self.order) for _number in range(2)]
        order = self.create_order(self.company_b, confirmed=True, user_id=sender_b.id)
        theirs = self.create_protocol(order, user=sender_b)
        first, second, other = (int(p.name[2:]) for p in (*ours, theirs))
        self.assertEqual(second, first + 1)
        self.assertLessEqual(other, second, "not counted together")
        self.assertEqual(theirs.company_id, self.company_b)

    def test_an_order_that_may_not_be_read_gives_nothing(self):
        colleague = self.create_user("colleague", GROUPS["sender"])
        hidden = self.create_order(confirmed=True, user_id=colleague.id)
        with self.assertRaises(AccessError):
            self.create_protocol(hidden)
        protocol = self.create_protocol(self.order)
        with self.assertRaises(AccessError):
            protocol.order_id = hidden

    def test_a_checklist_fills_in_its_points_and_keeps_what_was_written(self):
        checklist = self.env["mailroom.checklist"].create(
            {
                "name": "Yearly service",
                "line_ids": [
                    Command.create({"name": "Safety", "display_type": "line_section"}),
                    Command.create({"name": "Pressure"}),
                ],
            }
        )
        protocol = self.create_protocol(
            self.order,
            check_ids=[
                self.check_values("Oil"),
                self.check_values("Typed", False),
                self.check_values("Old", False, copied=True),
                self.check_values("Looked at", False, copied=True, remark="Leaks"),
            ],
        )
        with Form(protocol) as form:
            form.checklist_id = self.as_user(checklist, self.sender)
        self.assertEqual(
            protocol.check_ids.mapped("name"),
            ["Oil", "Typed", "Looked at", "Safety", "Pressure"],
        )
        self.assertEqual(protocol.check_ids[3].display_type, "line_section")

    def test_the_order_counts_its_protocols(self):
        order = self.as_user(self.order, self.sender)
        protocol = self.create_protocol(self.order)
        self.assertEqual(order.mailroom_protocol_count, 1)
        self.assertEqual(order.action_mailroom_protocols()["res_id"], protocol.id)
        self.create_protocol(self.order)
        order.invalidate_recordset()
        self.assertEqual(order.mailroom_protocol_count, 2)
        domain = order.action_mailroom_protocols()["domain"]
        self.assertEqual(order.env["mailroom.protocol"].search_count(domain), 2)

    def test_counting_takes_one_query_for_all_orders(self):
        orders = self.as_user(self.order | self.create_order(), self.sender)
        orders.mapped("mailroom_protocol_count")
        orders.invalidate_recordset()
        with self.assertQueryCount(1):
            orders.mapped("mailroom_protocol_count")
