from odoo.tests import tagged

from .stage_common import StageCommon


@tagged("post_install", "-at_install")
class TestRuleBatch(StageCommon):
    """What a rule has put into a batch: it is taken back when it is not true any more,
    and what never left is no obstacle to the next message."""

    def setUp(self):
        super().setUp()
        self.others = self.create_order(confirmed=True) | self.create_order(
            confirmed=True
        )
        self.move(self.order | self.others, self.delivered)
        batch = self.env["mailroom.batch"].search([("rule", "=", "Delivered")])
        self.batch = self.as_user(batch, self.seller)

    def line(self, order):
        return self.batch.line_ids.filtered(lambda line: line.res_id == order.id)

    def subjects(self):
        self.run_queue()
        return sorted(mail["Subject"] for mail in self.mails)

    def expected(self, orders):
        return sorted(f"Order {order.name}: Delivered" for order in orders)

    def firing(self, order):
        return self.env["mailroom.firing"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )

    # === TAKEN BACK === #

    def test_who_has_moved_on_gets_nothing_from_the_batch(self):
        self.move(self.order, self.received)
        line = self.line(self.order)
        self.assertFalse(line.selected)
        self.assertIn("has moved on", line.words)
        self.assertEqual(self.firing(self.order).state, "declined")
        self.flush_tracking()
        bodies = " ".join(map(str, self.order.message_ids.mapped("body")))
        self.assertIn("was taken back", bodies)
        self.batch.action_send()
        self.assertEqual(self.subjects(), self.expected(self.others))
        self.assertEqual(line.result, "skipped")

    def test_it_cannot_be_ticked_again(self):
        self.move(self.order, self.received)
        line = self.line(self.order)
        line.selected = True
        self.batch.action_check()
        self.assertEqual(line.light, "red")
        self.batch.action_send()
        self.assertEqual(self.subjects(), self.expected(self.others))
        self.assertIn("has moved on", line.words)

    def test_nothing_of_a_batch_that_is_leaving(self):
        self.batch.action_send()
        self.move(self.order, self.received)
        self.assertEqual(self.line(self.order).result, "skipped")
        self.assertEqual(self.subjects(), self.expected(self.others))

    # === WHAT NEVER LEFT === #

    def assert_told_when_changed_again(self):
        self.move(self.order, self.received)
        wizard = self.change(self.order, self.delivered)
        self.assertEqual(wizard.line_ids.outcome, "leaves")
        wizard.action_change()
        self.assertIn(f"Order {self.order.name}: Delivered", self.subjects())

    def test_a_cancelled_batch_has_told_nobody(self):
        self.batch.action_cancel()
        self.run_queue()
        self.assertEqual(self.firing(self.order).state, "declined")
        self.assert_told_when_changed_again()

    def test_a_skipped_line_has_told_nobody(self):
        self.line(self.order).selected = False
        self.batch.action_send()
        self.run_queue()
        self.assertEqual(self.firing(self.order).state, "declined")
        self.assertEqual(self.firing(self.others[0]).state, "sent")
        self.assert_told_when_changed_again()

    def test_a_failed_line_has_told_nobody(self):
        people = self.anna | self.bo | self.customer | self.invoice_address
        people.email = False
        self.batch.action_check()
        self.line(self.others[0]).recipients = "anna@kund.test"
        self.batch.action_send()
        self.run_queue()
        self.assertEqual(self.firing(self.order).state, "refused")
        self.assertIn("no email address", self.firing(self.order).note)
        self.anna.email = "anna@kund.test"
        self.assert_told_when_changed_again()

    def test_a_deleted_batch_has_told_nobody(self):
        self.batch.sudo().unlink()
        self.assertEqual(self.firing(self.order).state, "declined")
        self.assert_told_when_changed_again()

    def test_what_has_left_has_told(self):
        self.batch.action_send()
        self.assertEqual(len(self.subjects()), 3)
        firing = self.firing(self.order)
        self.assertEqual(firing.state, "sent")
        self.assertEqual(firing.dispatch_id, self.line(self.order).sudo().dispatch_id)
        self.move(self.order, self.received)
        wizard = self.change(self.order, self.delivered)
        self.assertEqual(wizard.line_ids.outcome, "told")

    def test_an_old_batch_says_nothing_about_a_new_message(self):
        self.batch.action_cancel()
        self.run_queue()
        self.assert_told_when_changed_again()
        self.line(self.order).action_retry()
        self.assertEqual(self.firing(self.order).state, "sent")
