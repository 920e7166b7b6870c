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
