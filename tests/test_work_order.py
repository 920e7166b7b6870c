from odoo.tests import tagged

from .common import GROUPS
from .question_common import QuestionCommon


@tagged("post_install", "-at_install")
class TestWorkOrder(QuestionCommon):
    """The work order, and who gets it when the work is done (B10)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order(confirmed=True)

    def ready(self, user=None):
        return self.as_user(self.order, user or self.sender).action_mailroom_ready()

    def asked(self):
        """Press "Ready for Invoicing"; return the question."""
        self.assertIsNone(self.ready())
        return self.question(self.order)

    def test_nobody_wants_it(self):
        self.assertFalse(self.asked())
        self.assertTrue(self.order.mailroom_ready_on)
        self.assertFalse(self.dispatches(self.order))

    def test_it_asks_names_and_sends_the_paper_without_prices(self):
        self.bo.mailroom_send_work_order = "ask"
        question = self.asked()
        self.assertIn("bo@kund.test", question.whom)
        self.assertNotIn("anna@kund.test", question.whom)
        self.assertIn(self.order.name, question.question)
        question.action_send()
        self.run_queue()
        self.assertEqual(self.states(self.order), {"bo@kund.test": "sent"})
        (part,) = self.mails[0].message.iter_attachments()
        self.assertEqual(part.get_filename(), f"Work order {self.order.name}.pdf")
        self.assertEqual(self.dispatches(self.order).purpose, "work_order")
        self.assertEqual(self.order.mailroom_state, "not_sent")

    def test_no_leaves_nothing_and_look_first_opens_the_dialog(self):
        self.bo.mailroom_send_work_order = "ask"
        question = self.asked()
        action = question.action_look()
        dialog = question.env["mailroom.send"].browse(action["res_id"])
        chosen = dialog.recipient_ids.filtered("selected")
        self.assertEqual(chosen.partner_id, self.bo)
        self.assertEqual(dialog.purpose, "work_order")
        self.assertFalse(self.dispatches(self.order))

    def test_by_itself(self):
        self.bo.mailroom_send_work_order = "auto"
        self.assertIn("bo@kund.test", self.ready()["params"]["message"])
        dispatch = self.dispatches(self.order)
        self.assertEqual(dispatch.delivery_ids.partner_id, self.bo)
        self.assertEqual(dispatch.origin, "rule")
        self.assertTrue(dispatch.rule)

    def test_a_contact_inherits_from_his_company(self):
        self.customer.mailroom_send_work_order = "ask"
        self.assertIn("anna@kund.test", self.asked().whom)

    def test_where_one_wants_to_be_asked_about_a_person_is_asked(self):
        self.bo.mailroom_send_work_order = "auto"
        self.anna.mailroom_send_work_order = "ask"
        whom = self.asked().whom
        self.assertIn("bo@kund.test", whom)
        self.assertIn("anna@kund.test", whom)
        self.assertFalse(self.dispatches(self.order))

    def test_what_cannot_be_sent_by_itself_is_told_and_remembered(self):
        self.bo.write({"mailroom_send_work_order": "auto", "email": "bo@@kund"})
        self.order.mailroom_contact_id = self.bo
        self.assertIn("bo@@kund", self.ready()["params"]["message"])
        self.assertTrue(self.order.mailroom_ready_on)
        self.assertFalse(self.dispatches(self.order))
        self.assertEqual(self.order.activity_ids.user_id, self.sender)

    def test_ready_once_more_sends_nothing_once_more(self):
        self.bo.mailroom_send_work_order = "auto"
        self.ready()
        self.as_user(self.order, self.sender).action_mailroom_not_ready()
        self.assertIsNone(self.ready())
        self.assertTrue(self.order.mailroom_ready_on)
        self.assertEqual(len(self.dispatches(self.order)), 1)

    def test_the_question_goes_when_the_work_goes_on(self):
        self.bo.mailroom_send_work_order = "ask"
        self.assertTrue(self.asked())
        self.as_user(self.order, self.sender).action_mailroom_not_ready()
        self.assertFalse(self.question(self.order))
        self.assertTrue(self.asked(), "ready again, asked again")

    def test_who_may_not_send_is_not_stopped(self):
        self.bo.mailroom_send_work_order = "ask"
        technician = self.create_user("technician", GROUPS["internal"])
        self.as_user(self.order, technician).sudo().action_mailroom_ready()
        self.assertTrue(self.order.mailroom_ready_on)
        self.assertEqual(self.order.activity_ids.user_id, self.sender)
        self.assertIn("bo@kund.test", self.question(self.order).whom)

    def test_many_at_once_make_a_batch_somebody_looks_at(self):
        self.bo.mailroom_send_work_order = "auto"
        orders = self.order | self.create_order(confirmed=True)
        self.as_user(orders, self.sender).action_mailroom_ready()
        self.assertFalse(self.mails)
        batch = self.env["mailroom.batch"].search([("user_id", "=", self.sender.id)])
        self.assertEqual(batch.line_ids.mapped("res_id"), orders.ids)
        self.assertEqual(set(batch.line_ids.mapped("recipients")), {"bo@kund.test"})
        batch.action_send()
        self.run_queue()
        for order in orders:
            self.assertEqual(self.dispatches(order).purpose, "work_order")

    def test_the_paper_has_no_prices(self):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "mailroom.report_work_order", self.order.ids
        )
        html = html.decode()
        self.assertIn(self.order.name, html)
        self.assertIn("Inspection", html)
        self.assertNotIn("1,000", html)
        self.assertNotIn("2,500", html)

    def test_a_changed_price_does_not_change_the_work_order(self):
        before = self.order._mailroom_fingerprint("work_order")
        self.order.order_line.price_unit = 5
        self.assertEqual(self.order._mailroom_fingerprint("work_order"), before)
        self.order.order_line.product_uom_qty = 7
        self.assertNotEqual(self.order._mailroom_fingerprint("work_order"), before)
