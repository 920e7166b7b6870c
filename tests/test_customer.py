from odoo.exceptions import AccessError

from .common import MailroomCommon


class TestCustomer(MailroomCommon):
    """The customer tab on the order (C11)."""

    def setUp(self):
        super().setUp()
        self.earlier = self.create_order(confirmed=True)
        self.order = self.create_order()
        self.invoice = self.create_invoice()
        self.send(self.earlier)
        self.run_queue()

    def tab(self, user=None, partner=None):
        orders = self.as_user(self.env["sale.order"], user or self.both)
        return orders.mailroom_get_customer((partner or self.anna).id, self.order.id)

    @classmethod
    def _create_users(cls):
        result = super()._create_users()
        cls.both = cls.create_user(
            "both",
            "sales_team.group_sale_salesman_all_leads,account.group_account_invoice",
        )
        return result

    def test_it_shows_trade_and_messages(self):
        data = self.tab()
        self.assertEqual(data["customer"]["name"], "Kund Fastigheter")
        self.assertEqual(data["contact"]["email"], "anna@kund.test")
        names = [row["name"] for row in data["orders"]["rows"]]
        self.assertEqual(names, [self.earlier.name])
        self.assertEqual(data["orders"]["total"], self.earlier.amount_total)
        self.assertEqual(data["invoices"]["open"], self.invoice.amount_residual)
        self.assertEqual(data["messages"][0]["document"], self.earlier.name)
        self.assertEqual(data["messages"][0]["state"], "sent")

    def test_each_company_has_sums_of_its_own(self):
        """Amounts of companies with other currencies are never added up."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.company_b.currency_id = euro
        self.both.company_ids |= self.company_b
        theirs = self.create_order(self.company_b, confirmed=True)
        orders = self.as_user(self.env["sale.order"], self.both).with_context(
            allowed_company_ids=(self.company | self.company_b).ids
        )
        self.env.flush_all()
        for mine, company in ((self.earlier, self.company), (theirs, self.company_b)):
            data = orders.mailroom_get_customer(
                self.anna.id, self.order.id, company.id
            )["orders"]
            self.assertEqual([row["name"] for row in data["rows"]], [mine.name])
            self.assertEqual(data["total"], mine.amount_total)
            self.assertEqual(data["currency"], company.currency_id.id)

    def test_a_quotation_is_no_earlier_order(self):
        self.create_order()
        self.assertEqual(self.tab()["orders"]["count"], 1)

    def test_addresses_have_a_street(self):
        orders = self.as_user(self.env["sale.order"], self.both)
        addresses = [self.invoice_address.id, False]
        data = orders.mailroom_get_customer(
            self.anna.id, self.order.id, False, addresses
        )
        self.assertEqual(data["addresses"][self.invoice_address.id], "Box 9")

    def test_protocols_are_among_the_messages(self):
        protocol = self.as_user(self.env["mailroom.protocol"], self.both).create(
            {"order_id": self.earlier.id}
        )
        protocol.action_done()
        (plan,) = protocol.env["mailroom.planner"]._plan(protocol)
        protocol.env["mailroom.dispatch"]._send([plan])
        self.assertEqual(self.tab()["messages"][0]["document"], protocol.name)

    def test_five_queries(self):
        for number in range(8):
            self.create_order(confirmed=bool(number % 2))
            self.create_invoice()
        self.tab()
        self.env.invalidate_all()
        # What every request of a browser asks first
        self.as_user(self.env["sale.order"], self.both).env.companies.mapped("name")
        with self.assertQueryCount(5):
            data = self.tab()
        self.assertEqual(data["invoices"]["count"], 9)
        self.assertEqual(len(data["invoices"]["rows"]), 6)

    def test_another_company_and_nobody_see_nothing(self):
        self.create_order(self.company_b, confirmed=True)
        self.assertEqual(self.tab()["orders"]["count"], 1)
        foreign = self.env["res.partner"].create(
            {"name": "Theirs", "company_id": self.company_b.id}
        )
        self.assertEqual(self.tab(partner=foreign), {})
        portal = self.create_user("portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self.tab(portal)
