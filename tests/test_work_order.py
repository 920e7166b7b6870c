from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestWorkOrder(MailroomCommon):
    """The work order, and who gets it when the work is done (B10)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order(confirmed=True)

    def ready(self, user=None):
        return self.as_user(self.order, user or self.sender).action_mailroom_ready()

    def question(self, action):
        self.assertEqual(action["res_model"], "mailroom.question")
        questions = self.as_user(self.env["mailroom.question"], self.sender)
        return questions.browse(action["res_id"])

    def test_nobody_wants_it(self):
        self.assertIs(self.ready(), True)
        self.assertTrue(self.order.mailroom_ready_on)
        self.assertFalse(self.dispatches(self.order))

    def test_it_asks_names_and_sends_the_paper_without_prices(self):
        self.bo.mailroom_send_work_order = "ask"
        question = self.question(self.ready())
        self.assertIn("bo@kund.test", question.whom)
        self.assertNotIn("anna@kund.test", question.whom)
        self.assertIn("Bo Dahl", question.question)
        question.action_send()
        self.run_queue()
        self.assertEqual(self.states(self.order), {"bo@kund.test": "sent"})
        (part,) = self.mails[0].message.iter_attachments()
        self.assertEqual(part.get_filename(), f"Work order {self.order.name}.pdf")
        self.assertEqual(self.dispatches(self.order).purpose, "work_order")
        self.assertEqual(self.order.mailroom_state, "not_sent")

    def test_no_leaves_nothing_and_look_first_opens_the_dialog(self):
        self.bo.mailroom_send_work_order = "ask"
        question = self.question(self.ready())
        action = question.action_look()
        dialog = question.env["mailroom.send"].browse(action["res_id"])
        chosen = dialog.recipient_ids.filtered("selected")
        self.assertEqual(chosen.partner_id, self.bo)
        self.assertEqual(dialog.purpose, "work_order")
        self.assertFalse(self.dispatches(self.order))

    def test_by_itself(self):
        self.bo.mailroom_send_work_order = "auto"
        self.assertIs(self.ready(), True)
        dispatch = self.dispatches(self.order)
        self.assertEqual(dispatch.delivery_ids.partner_id, self.bo)
        self.assertEqual(dispatch.origin, "rule")
        self.assertTrue(dispatch.rule)

    def test_a_contact_inherits_from_his_company(self):
        self.customer.mailroom_send_work_order = "ask"
        self.assertIn("anna@kund.test", self.question(self.ready()).whom)

    def test_what_cannot_be_sent_by_itself_is_asked(self):
        self.bo.write({"mailroom_send_work_order": "auto", "email": "bo@@kund"})
        self.order.mailroom_contact_id = self.bo
        self.question(self.ready())
        self.assertTrue(self.order.mailroom_ready_on)
        self.assertFalse(self.dispatches(self.order))

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
