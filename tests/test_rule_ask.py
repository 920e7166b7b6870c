from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GROUPS
from .rule_common import RuleCommon


@tagged("post_install", "-at_install")
class TestRuleAsk(RuleCommon):
    """Rules that ask a person, and messages that a person stops in time."""

    # === ASKING === #

    def test_asks_and_sends_on_yes(self):
        self.fire(self.order, mode="ask")
        order = self.as_user(self.order, self.sender)
        (question,) = order.mailroom_get_status()["questions"]
        self.assertTrue(question["mine"])
        self.assertEqual(question["whom"], "Anna Ek")
        self.run_queue()
        self.assertFalse(self.mails)
        order.mailroom_answer(question["id"], "send")
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        self.assertFalse(order.mailroom_get_status()["questions"])
        order.mailroom_answer(question["id"], "send")
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_asks_and_forgets_on_no(self):
        self.fire(self.order, mode="ask")
        order = self.as_user(self.order, self.sender)
        (question,) = order.mailroom_get_status()["questions"]
        order.mailroom_answer(question["id"], "no")
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertFalse(order.mailroom_get_status()["questions"])
        self.assertTrue(self.fire(self.order, mode="ask"), "another time, another ask")

    def test_look_first_opens_the_dialog_with_the_rules_text(self):
        self.fire(self.order, mode="ask")
        order = self.as_user(self.order, self.sender)
        (question,) = order.mailroom_get_status()["questions"]
        asked = order.mailroom_ask(question["id"])
        wizard = order.env["mailroom.question"].browse(asked["res_id"])
        self.assertIn("anna@kund.test", wizard.whom)
        action = wizard.action_look()
        dialog = order.env["mailroom.send"].browse(action["res_id"])
        self.assertEqual(dialog.subject, f"Delivered {self.order.name}")
        self.assertFalse(dialog.file_ids.filtered("selected"))

    def test_what_was_only_looked_at_is_still_asked(self):
        self.fire(self.order, mode="ask")
        order = self.as_user(self.order, self.sender)
        (question,) = order.mailroom_get_status()["questions"]
        action = order.mailroom_answer(question["id"], "look")
        self.assertTrue(order.mailroom_get_status()["questions"])
        order.env["mailroom.send"].browse(action["res_id"]).action_send()
        self.assertFalse(order.mailroom_get_status()["questions"])
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_other_words_about_the_order_answer_nothing(self):
        self.fire(self.order, mode="ask")
        self.send(self.order)
        order = self.as_user(self.order, self.sender)
        self.assertTrue(order.mailroom_get_status()["questions"])

    def test_what_was_sent_by_hand_is_not_asked_any_more(self):
        rules = self.as_user(self.order, self.sender).env["mailroom.automation"]
        order = self.as_user(self.order, self.sender)
        rules._fire(order, self.stage, mode="ask")
        (question,) = order.mailroom_get_status()["questions"]
        self.send(self.order)
        self.assertFalse(order.mailroom_get_status()["questions"])
        self.assertFalse(order.mailroom_answer(question["id"], "send"))
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        self.assertNotIn("nothing was sent", self.notes(self.order))

    def test_each_asking_has_its_moment(self):
        self.fire(self.order, mode="ask")
        order = self.as_user(self.order, self.sender)
        (question,) = order.mailroom_get_status()["questions"]
        moment = self.firing(self.order).write_date
        self.assertEqual(question["asked_at"], moment.isoformat())

    def test_a_customer_who_sets_it_off_is_asked_nothing(self):
        public = self.env.ref("base.public_user")
        self.fire(self.order.sudo(), user=public, mode="ask")
        self.assertEqual(self.firing(self.order).state, "asked")
        activity = self.order.activity_ids
        self.assertEqual(activity.user_id, self.sender)
        self.assertIn("Tell the customer?", activity.summary)

    def test_who_may_not_send_answers_nothing(self):
        self.fire(self.order, mode="ask")
        firing = self.firing(self.order)
        order = self.as_user(self.order, self.internal)
        with self.assertRaises(AccessError):
            order.mailroom_answer(firing.id, "send")
        self.assertEqual(firing.state, "asked")

    def test_nobody_asks_himself_about_another_companys_order(self):
        self.fire(self.order, mode="ask")
        stranger = self.create_user("stranger", GROUPS["sender"], self.company_b)
        questions = self.as_user(self.env["mailroom.question"], stranger)
        question = questions.create({"firing_id": self.firing(self.order).id})
        for method in ("action_send", "action_look", "action_no"):
            with self.assertRaises(AccessError):
                getattr(question, method)()
        with self.assertRaises(AccessError):
            question.read(["whom"])
        self.assertEqual(self.firing(self.order).state, "asked")

    def test_a_question_about_a_deleted_document_says_so(self):
        quotation = self.create_order()
        self.fire(quotation, mode="ask")
        order = self.as_user(quotation, self.sender)
        (asked,) = order.mailroom_get_status()["questions"]
        action = order.mailroom_ask(asked["id"])
        question = order.env["mailroom.question"].browse(action["res_id"])
        quotation.unlink()
        with self.assertRaisesRegex(UserError, "was deleted"):
            question.action_send()

    # === LEAVING SOON === #

    def test_what_leaves_soon_can_be_counted_and_stopped(self):
        other = self.create_order(confirmed=True)
        self.fire(self.order, mode="hold", minutes=5)
        self.fire(other, mode="hold", minutes=9)
        outbox = self.as_user(self.env["mailroom.delivery"], self.sender)
        self.assertEqual(outbox.get_leaving(), {"count": 2, "minutes": 5})
        self.assertEqual(outbox.stop_leaving(), 2)
        self.let_time_pass(minutes=10)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(outbox.get_leaving()["count"], 0)
