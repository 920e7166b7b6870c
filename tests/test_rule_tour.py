from odoo.tests import HttpCase, tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestRuleTour(HttpCase, MailroomCommon):
    """People at work with stages and rules, in a real browser."""

    registry_test_mode = True
    roles = ("sender", "biller")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.create_user(
            "seller", "sales_team.group_sale_salesman_all_leads"
        )
        cls.delivered = cls.env.ref("mailroom.stage_delivered")

    def walk(self, url, name, user=None):
        self.start_tour(f"/odoo/{url}", name, login=(user or self.seller).login)
        self.env.invalidate_all()

    def subjects(self):
        self.run_queue()
        return sorted(mail["Subject"] for mail in self.mails)

    def test_twenty_orders_change_their_stage(self):
        self.delivered.mode = "ask"
        orders = self.env["sale.order"]
        for _number in range(20):
            orders |= self.create_order(confirmed=True)
        action = "action-mailroom.mailroom_orders_by_stage_action"
        self.walk(f"{action}?view_type=list", "mailroom_change_stage")
        self.assertEqual(orders.mailroom_stage_id, self.delivered)
        expected = sorted(f"Order {order.name}: Delivered" for order in orders)
        self.assertEqual(self.subjects(), expected)

    def test_stage_of_one_order_asks(self):
        self.delivered.mode = "ask"
        order = self.create_order(confirmed=True)
        self.walk(f"sale.order/{order.id}", "mailroom_stage_asks")
        self.assertEqual(self.subjects(), [f"Order {order.name}: Delivered"])

    def test_an_order_dragged_to_a_stage_asks(self):
        self.delivered.mode = "ask"
        order = self.create_order(confirmed=True)
        self.walk("mailroom-orders", "mailroom_stage_kanban_asks")
        self.assertEqual(order.mailroom_stage_id, self.delivered)
        self.assertFalse(self.subjects())
        firing = self.env["mailroom.firing"].search([("res_id", "=", order.id)])
        self.assertEqual(firing.state, "declined")

    def test_message_of_a_stage_waits_and_is_stopped(self):
        self.delivered.write({"mode": "hold", "minutes": 10})
        order = self.create_order(confirmed=True)
        self.walk(f"sale.order/{order.id}", "mailroom_stage_waits")
        self.let_time_pass(minutes=11)
        self.assertFalse(self.subjects())

    def test_posted_invoice_asks(self):
        self.company.mailroom_posted_mode = "ask"
        invoice = self.create_invoice(posted=False)
        self.walk(
            f"account.move/{invoice.id}", "mailroom_invoice_posted_asks", self.biller
        )
        (subject,) = self.subjects()
        self.assertIn(invoice.name, subject)

    def test_what_leaves_soon_is_stopped(self):
        self.delivered.write({"mode": "hold", "minutes": 5})
        for _number in range(3):
            order = self.as_user(self.create_order(confirmed=True), self.seller)
            order.mailroom_stage_id = self.delivered
        self.walk("mailroom-leaving", "mailroom_leaving_stopped")
        self.let_time_pass(minutes=6)
        self.assertFalse(self.subjects())
