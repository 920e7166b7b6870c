from odoo.exceptions import AccessError, UserError

from .common import MailroomCommon


class TestCaps(MailroomCommon):
    """What goes beyond what a company sends in a while waits for a manager (S15)."""

    def setUp(self):
        super().setUp()
        self.company.write({"mailroom_cap_user": 0, "mailroom_cap_address": 0})
        self.manager_b = self.create_user(
            "manager_b", "mailroom.mailroom_group_manager", self.company_b
        )

    def ask(self, count, user=None, orders=None):
        """Ask for a message about each of so many orders; return the rows."""
        orders = orders or self.create_orders(count)
        orders = self.as_user(orders, user or self.sender)
        plans = orders.env["mailroom.planner"]._plan(orders)
        return orders.env["mailroom.dispatch"]._send(plans).sudo().delivery_ids

    def create_orders(self, count):
        """Create so many quotations."""
        orders = self.env["sale.order"]
        for _number in range(count):
            orders += self.create_order()
        return orders

    def notices(self):
        """Return what managers were told about messages that wait."""
        return self.env["mail.message"].search(
            [
                ("subject", "like", "wait for your approval"),
                ("partner_ids", "in", self.manager.partner_id.ids),
            ]
        )

    def waiting(self, rows):
        """Return the rows that wait for a manager."""
        return rows.filtered(
            lambda row: (row.state, row.hold_reason) == ("held", "approval")
        )

    def test_what_a_user_sends_beyond_his_cap_waits(self):
        """The first ones leave, the others wait; managers hear of it once."""
        self.company.mailroom_cap_user = 3
        rows = self.ask(2) | self.ask(2) | self.ask(1)
        self.run_queue()
        self.assertEqual(rows.mapped("state"), ["sent"] * 3 + ["held"] * 2)
        self.assertEqual(self.waiting(rows), rows[3:])
        self.assertIn("mail manager", rows[4].words)
        self.assertEqual(len(self.mails), 3)
        self.assertEqual(len(self.notices()), 1)
        order = rows[4].dispatch_id._document()
        self.assertEqual(order.mailroom_state, "held")

    def test_a_batch_in_one_go_is_capped_too(self):
        self.company.mailroom_cap_user = 3
        rows = self.ask(5)
        self.assertEqual(self.waiting(rows), rows[3:])

    def test_no_cap_and_no_cap_for_managers(self):
        self.assertFalse(self.waiting(self.ask(3)))
        self.company.mailroom_cap_user = 1
        sales = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.manager.group_ids += sales
        self.assertFalse(self.waiting(self.ask(3, user=self.manager)))

    def test_the_cap_is_for_an_hour_and_a_company(self):
        self.company.mailroom_cap_user = 2
        old = self.ask(2)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mailroom_delivery SET create_date = create_date - '61m'::interval "
            "WHERE id IN %s",
            [old._ids],
        )
        self.assertFalse(self.waiting(self.ask(2)))
        self.assertTrue(self.waiting(self.ask(1)))

    def test_one_address_gets_no_more_than_its_cap_in_a_day(self):
        self.company.mailroom_cap_address = 2
        rows = self.ask(3)
        self.assertEqual(self.waiting(rows), rows[2:])
        order = self.create_order(partner_id=self.bo.id)
        self.assertFalse(self.waiting(self.ask(1, orders=order)), "another address")

    def test_the_sender_learns_that_a_manager_decides(self):
        self.company.mailroom_cap_user = 1
        self.ask(1)
        dialog = self.open_dialog(self.create_order())
        word = dialog.action_send()["params"]
        self.assertEqual(word["type"], "warning")
        self.assertIn("approval", word["title"])

    def test_a_manager_of_the_company_lets_them_go(self):
        """Nobody else may; who did it is written down."""
        self.company.mailroom_cap_user = 1
        rows = self.ask(3)
        self.run_queue()
        for user in (self.sender, self.manager_b):
            with self.assertRaises(AccessError):
                self.as_user(rows, user).action_approve()
        self.as_user(rows, self.manager).action_approve()
        self.assertEqual(rows[1:].approver_id, self.manager)
        self.assertFalse(rows[0].approver_id, "it did not wait")
        self.run_queue()
        self.assertEqual(set(rows.mapped("state")), {"sent"})
        self.assertEqual(len(self.mails), 3)
        with self.assertRaises(UserError):
            self.as_user(rows, self.manager).action_approve()

    def test_an_account_that_comes_back_does_not_let_them_go(self):
        """Without an account nothing is finished; approval is needed all the same."""
        self.company.mailroom_cap_user = 1
        self.account.active = False
        rows = self.ask(2)
        self.run_queue()
        self.account.active = True
        self.run_queue()
        self.assertEqual(rows.mapped("state"), ["sent", "held"])
        self.as_user(rows, self.manager).action_approve()
        self.run_queue()
        self.assertEqual(set(rows.mapped("state")), {"sent"})

    def test_they_can_be_cancelled(self):
        self.company.mailroom_cap_user = 1
        rows = self.ask(2)
        self.as_user(rows[1], self.sender).action_cancel()
        self.assertEqual(rows[1].state, "cancelled")

    def test_sending_again_counts(self):
        """Who may send three an hour may not send the same ones again and again."""
        self.company.mailroom_cap_user = 2
        order = self.create_order()
        rows = self.ask(1, orders=order)
        self.run_queue()
        for _each in range(2):
            again = self.as_user(order, self.sender)
            (plan,) = again.env["mailroom.planner"]._plan(again)
            plan.resend_of = {rows[-1].address: rows[-1].id}
            plan.resend_reason = "once more"
            rows |= again.env["mailroom.dispatch"]._send([plan]).sudo().delivery_ids
            self.run_queue()
        self.assertEqual(rows.mapped("state"), ["sent", "sent", "held"])

    def test_what_takes_the_place_of_a_failure_is_counted_once(self):
        self.company.mailroom_cap_user = 2
        row = self.ask(1)
        self.server.refuse(row.address, 550, "5.1.1 unknown")
        self.run_queue()
        self.as_user(row, self.sender).action_retry()
        self.assertFalse(self.waiting(self.ask(1)))
        self.assertTrue(self.waiting(self.ask(1)))
