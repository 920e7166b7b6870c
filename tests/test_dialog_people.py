from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestDialogPeople(MailroomCommon):
    """Who is offered in the dialog, why, and who is ticked (B6, E4, E5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.facility = partners.create(
            {"name": "Factory", "is_company": True, "email": "gate@factory.test"}
        )
        cls.cia = partners.create(
            {"name": "Cia Berg", "parent_id": cls.facility.id, "phone": "+46705123456"}
        )
        cls.nameless = partners.create(
            {"type": "other", "parent_id": cls.facility.id, "email": "any@factory.test"}
        )

    def offered(self, document):
        """Return ``{name: line}`` of the dialog."""
        lines = self.open_dialog(document).recipient_ids
        return {line.name or line.email: line for line in lines}

    def ticked(self, document):
        """Return the addresses ticked in the dialog."""
        lines = self.open_dialog(document).recipient_ids
        return lines.filtered("selected").mapped("email")

    def test_nameless_entries_come_first_and_the_invoice_address_last(self):
        order = self.create_order(partner_shipping_id=self.facility.id)
        self.assertEqual(
            list(self.offered(order)),
            [
                "any@factory.test",
                "Anna Ek",
                "Bo Dahl",
                "Cia Berg",
                "Factory",
                "Kund Fastigheter",
                "Ledger",
            ],
        )

    def test_each_person_shows_role_address_and_number(self):
        order = self.create_order(partner_shipping_id=self.facility.id)
        offered = self.offered(order)
        self.assertEqual(offered["Anna Ek"].email, "anna@kund.test")
        self.assertEqual(offered["Anna Ek"].reason, "Contact of this document, CEO")
        self.assertEqual(offered["Bo Dahl"].reason, "Contact at Kund Fastigheter")
        self.assertEqual(offered["Cia Berg"].phone, "+46705123456")
        self.assertEqual(offered["Cia Berg"].reason, "Contact at Factory")
        self.assertEqual(offered["Factory"].reason, "Facility (delivery address)")
        self.assertEqual(offered["Kund Fastigheter"].reason, "Customer")
        self.assertEqual(offered["Ledger"].reason, "Invoice address")

    def test_somebody_else_who_pays_is_offered_last(self):
        payer = self.env["res.partner"].create(
            {"name": "A Payer", "is_company": True, "email": "pay@payer.test"}
        )
        order = self.create_order(partner_invoice_id=payer.id)
        self.assertEqual(list(self.offered(order))[-2:], ["A Payer", "Ledger"])

    def test_the_contact_of_the_order_is_ticked(self):
        self.assertEqual(self.ticked(self.create_order()), ["anna@kund.test"])

    def test_a_contact_without_address_leaves_the_customer(self):
        self.anna.email = False
        self.assertEqual(self.ticked(self.create_order()), ["office@kund.test"])

    def test_an_invoice_goes_to_the_invoice_address(self):
        self.assertEqual(self.ticked(self.create_invoice()), ["ledger@kund.test"])

    def test_an_invoice_to_a_person_goes_to_that_person(self):
        invoice = self.create_invoice(partner_id=self.anna.id)
        self.assertEqual(self.ticked(invoice), ["anna@kund.test"])

    def test_contacts_to_be_notified_replace_the_proposal(self):
        self.bo.mailroom_notify_email = True
        order, invoice = self.create_order(), self.create_invoice()
        self.assertEqual(self.ticked(order), ["bo@kund.test"])
        self.assertEqual(self.ticked(invoice), ["bo@kund.test"])
        self.assertIn("to be notified", self.offered(order)["Bo Dahl"].reason)

    def test_a_contact_is_notified_about_what_he_asked_for(self):
        self.bo.write({"mailroom_notify_email": True, "mailroom_about_orders": False})
        self.assertEqual(self.ticked(self.create_order()), ["anna@kund.test"])
        self.assertEqual(self.ticked(self.create_invoice()), ["bo@kund.test"])

    def test_notified_by_sms_only_is_not_ticked_for_mail(self):
        self.bo.mailroom_notify_sms = True
        self.assertEqual(self.ticked(self.create_order()), ["anna@kund.test"])

    def test_a_notified_contact_without_address_does_not_empty_the_proposal(self):
        self.bo.write({"mailroom_notify_email": True, "email": False})
        self.assertEqual(self.ticked(self.create_order()), ["anna@kund.test"])

    def test_archived_contacts_are_not_offered(self):
        self.bo.active = False
        self.assertNotIn("Bo Dahl", self.offered(self.create_order()))

    def test_customers_show_whether_anybody_is_notified(self):
        partners = self.env["res.partner"]
        family = self.customer | self.anna | self.bo
        domain = [("mailroom_anybody_notified", "=", True), ("id", "in", family.ids)]
        self.assertFalse(self.customer.mailroom_anybody_notified)
        self.assertFalse(partners.search(domain))
        self.bo.mailroom_notify_email = True
        partners.invalidate_model()
        self.assertTrue(self.customer.mailroom_anybody_notified)
        self.assertIn(self.customer, partners.search(domain))
        without = [("mailroom_anybody_notified", "=", False)]
        self.assertNotIn(self.customer, partners.search(without))

    def test_the_list_of_customers_has_the_column_and_the_filters(self):
        partners = self.env["res.partner"]
        arch = partners.get_view(view_type="list")["arch"]
        self.assertIn('name="mailroom_anybody_notified"', arch)
        arch = etree.fromstring(partners.get_view(view_type="search")["arch"])
        for name, notified in (
            ("mailroom_notified", True),
            ("mailroom_not_notified", False),
        ):
            (node,) = arch.xpath(f"//filter[@name='{name}']")
            self.bo.mailroom_notify_email = notified
            partners.invalidate_model()
            found = partners.search(safe_eval(node.get("domain")))
            self.assertIn(self.customer, found)

    def test_the_toggles_are_on_the_contact_form(self):
        with Form(self.bo) as form:
            form.mailroom_notify_email = True
            form.mailroom_about_invoices = False
        self.assertTrue(self.bo._mailroom_wants("orders"))
        self.assertFalse(self.bo._mailroom_wants("invoices"))
