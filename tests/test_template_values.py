from odoo.fields import Command
from odoo.tests import tagged

from .booking_common import BookingCommon
from .common import MailroomCommon
from .template_common import TemplateCommon

PAY = "{DueDate}|{AmountDue}|{Link.Pay}"
ORDER = "{DeliveryDate}|{NextBooking.Name}|{FutureBookings}|{ServiceObjects}"


@tagged("post_install", "-at_install")
class TestTemplateValues(TemplateCommon, BookingCommon, MailroomCommon):
    """Whom a text greets, whose number it names, and which tags a kind has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "order"

    def said(self, tag, document):
        """Return what one tag gives."""
        kind = document._mailroom_kind()
        template = self.create_template(kind, mailroom_subject=f"[{tag}]")
        return self.texts(template, document).subject[1:-1]

    def invoice(self, *orders):
        """Return the one invoice of some orders."""
        return self.env["sale.order"].union(*orders)._create_invoices()

    # === WHO === #

    def test_an_invoice_greets_the_person_and_no_department(self):
        order = self.create_order(confirmed=True)
        invoice = self.invoice(order)
        self.assertEqual(invoice.partner_id, self.invoice_address)
        self.assertEqual(self.said("{Customer.Contact.Name}", invoice), "Anna Ek")
        plain = self.create_invoice(partner_id=self.invoice_address.id)
        self.assertEqual(self.said("{Customer.Contact.Name}", plain), "")
        plain = self.create_invoice(partner_id=self.bo.id)
        self.assertEqual(self.said("{Customer.Contact.Name}", plain), "Bo Dahl")

    def test_an_invoice_of_two_peoples_orders_greets_nobody(self):
        orders = [
            self.create_order(confirmed=True, mailroom_contact_id=person.id)
            for person in (self.anna, self.bo)
        ]
        both = self.invoice(*orders)
        self.assertEqual(self.said("{Customer.Contact.Name}", both), "")

    def test_another_customers_contact_is_not_greeted(self):
        payer = self.env["res.partner"].create({"name": "Payer", "is_company": True})
        order = self.create_order(confirmed=True, partner_invoice_id=payer.id)
        invoice = self.invoice(order)
        self.assertEqual(self.said("{Customer.Contact.Name}", invoice), "")

    def test_an_order_greets_no_address(self):
        order = self.create_order(partner_id=self.facility.id)
        self.assertEqual(self.said("{Customer.Contact.Name}", order), "")
        order.mailroom_contact_id = self.bo
        self.assertEqual(self.said("{Customer.Contact.Name}", order), "Bo Dahl")

    def test_a_private_person_is_greeted(self):
        private = self.env["res.partner"].create({"name": "Eva Lund"})
        order = self.create_order(partner_id=private.id)
        self.assertEqual(self.said("{Customer.Contact.Name}", order), "Eva Lund")

    def test_contacts_cost_no_query_per_invoice(self):
        invoices = self.env["account.move"]
        for _number in range(5):
            order = self.create_order(confirmed=True, client_order_ref="PO 7")
            invoices |= self.invoice(order)
        template = self.create_template(
            "invoice",
            mailroom_body="<p>{Customer.Contact.Name} {CustomerReference}</p>",
        )
        self.assert_constant_queries(template, invoices)

    # === WHOSE NUMBER === #

    def test_our_own_number_is_not_the_customers(self):
        orders = [
            self.create_order(confirmed=True, client_order_ref=number)
            for number in ("BC-2", False, "BC-3")
        ]
        both = self.said("{CustomerReference}", self.invoice(*orders))
        self.assertEqual(set(both.split(", ")), {"BC-2", "BC-3"})
        order = self.create_order(confirmed=True)
        self.assertEqual(self.said("{CustomerReference}", self.invoice(order)), "")

    def test_a_credit_note_names_the_number_of_its_invoice(self):
        order = self.create_order(confirmed=True, client_order_ref="BC-2")
        invoice = self.invoice(order)
        invoice.action_post()
        reversal = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = reversal.create(
            {"reason": "Wrong", "journal_id": invoice.journal_id.id}
        )
        wizard.reverse_moves()
        credit_note = wizard.new_move_ids
        self.assertIn("Wrong", credit_note.ref)
        self.assertEqual(self.said("{CustomerReference}", credit_note), "BC-2")

    # === KINDS === #

    def test_texts_about_an_order_know_its_visits_and_delivery(self):
        machine = self.env["mailroom.service.object"].create(
            {"name": "Cooler", "partner_id": self.customer.id}
        )
        order = self.create_booked_order(
            commitment_date="2023-10-06 06:00:00",
            mailroom_object_ids=[Command.set(machine.ids)],
        )
        self.book(order)
        for kind in ("order_stage", "work_order", "ready_message", "message"):
            template = self.create_template(kind, mailroom_subject=ORDER)
            with self.subTest(kind=kind):
                said = self.texts(template, order).subject.split("|")
                self.assertEqual((said[0], said[1]), ("10/06/2023", "Kim Ek"))
                self.assertIn("Kim Ek", said[2])
                self.assertIn("Cooler", said[3])

    def test_a_free_message_has_the_tags_of_what_it_is_about(self):
        template = self.create_template(
            "message", mailroom_subject=f"{PAY}|{{PaymentReference}}|{ORDER}"
        )
        invoice = self.create_invoice(invoice_date_due="2026-03-09")
        due, amount, pay, reference, *rest = self.texts(
            template, invoice
        ).subject.split("|")
        self.assertEqual((due, reference), ("03/09/2026", invoice.payment_reference))
        self.assertIn("2,500.00", amount)
        self.assertTrue(pay.endswith("#portal_pay"))
        self.assertEqual(rest, [""] * 4)
        order = self.create_order(reference="77")
        said = self.texts(template, order).subject.split("|")
        self.assertEqual(said[:4], ["", "", "", "77"])
        credit_note = self.create_invoice(move_type="out_refund")
        self.assertEqual(self.texts(template, credit_note).subject.split("|")[2], "")
