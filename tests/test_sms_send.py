from odoo.exceptions import UserError

from ..tools.plan import Recipient, Wishes
from .sms_common import SmsCommon

NUMBER = "+46705123456"


class TestSmsSend(SmsCommon):
    """A text message is a row of the outbox like a mail (G5, R3, F1 to F4)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order()

    def words(self, delivery):
        return self.as_user(delivery, self.manager).words

    def test_a_text_message_is_accepted_by_the_gateway(self):
        delivery = self.send_sms(self.order, "Your visit is on Friday")
        self.assertEqual(delivery.state, "queued")
        self.run_queue()
        (text,) = self.texts
        self.assertEqual(text.gateway, self.gateway)
        self.assertEqual((text.to, text.text), (NUMBER, "Your visit is on Friday"))
        self.assertEqual(text.sender, "Ahlberg Ser")
        self.assertEqual(delivery.state, "sent")
        self.assertEqual(delivery.sms_reference, "ref-1")
        self.assertRegex(self.words(delivery), r"^Accepted by the SMS gateway at \d")
        self.assertFalse(self.mails)

    def test_nothing_is_printed_and_the_history_holds_the_text(self):
        self.patch(
            type(self.order),
            "_mailroom_print_checked",
            lambda *_args: self.fail("a text message has no PDF"),
        )
        delivery = self.send_sms(self.order, "Line one\nline <two>")
        self.run_queue()
        message = delivery.dispatch_id.message_id
        self.assertEqual(message.message_type, "sms")
        self.assertIn("Line one<br>line &lt;two&gt;", message.body)
        status = self.as_user(self.order, self.sender).mailroom_get_status()
        self.assertEqual(status["messages"][0]["subject"], "Line one line <two>")
        envelope = message.notification_ids
        self.assertEqual(envelope.notification_type, "sms")
        self.assertEqual(envelope.sms_number, NUMBER)
        self.assertEqual(envelope.notification_status, "sent")

    def test_mail_and_text_message_are_one_dispatch_with_one_truth(self):
        order = self.as_user(self.order, self.sender)
        wishes = Wishes(
            sms_text="Look into your mail",
            recipients=[
                Recipient("anna@kund.test", "Anna Ek", self.anna),
                Recipient(self.anna.phone, "Anna Ek", self.anna, channel="sms"),
            ],
        )
        plans = order.env["mailroom.planner"]._plan(order, wishes)
        dispatch = order.env["mailroom.dispatch"]._send(plans).sudo()
        self.sms.answer("failed", "gateway_refused", 400)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.mails[0]["To"], "Anna Ek <anna@kund.test>")
        self.assertTrue(self.mails[0].files)
        states = {row.channel: row.state for row in dispatch.delivery_ids}
        self.assertEqual(states, {"email": "sent", "sms": "failed"})
        self.assertEqual(self.order.mailroom_state, "partly")
        (line,) = order.mailroom_get_status()["messages"]
        self.assertEqual(
            [(d["channel"], d["address"]) for d in line["deliveries"]],
            [("email", "anna@kund.test"), ("sms", NUMBER)],
        )

    def test_a_double_click_is_one_text_message(self):
        self.send_sms(self.order, purpose="message")
        with self.assertRaisesRegex(UserError, "already on its way"):
            self.send_sms(self.order, to="+46 70 512 34 56", purpose="message")
        self.run_queue()
        self.assertEqual(len(self.texts), 1)

    def test_a_document_sent_by_mail_can_be_announced_by_sms(self):
        self.send(self.order)
        self.send_sms(self.order)
        self.run_queue()
        self.assertEqual((len(self.mails), len(self.texts)), (1, 1))

    # === WHEN IT GOES WRONG === #

    def test_no_answer_is_unsure_and_not_tried_again(self):
        delivery = self.send_sms(self.order)
        self.sms.answer("uncertain", "timeout")
        self.run_queue()
        self.assertEqual(delivery.state, "uncertain")
        self.assertIn("did not say whether it took", self.words(delivery))
        self.let_time_pass(days=2)
        self.run_queue()
        self.assertEqual(self.sms.calls, 1)
        self.assertEqual(self.order.mailroom_state, "uncertain")

    def test_sent_again_by_hand_it_has_the_same_key(self):
        delivery = self.send_sms(self.order)
        self.sms.answer("uncertain", "timeout")
        self.run_queue()
        self.as_user(delivery, self.sender).action_retry()
        self.let_time_pass(hours=1)
        self.run_queue()
        first, second = self.texts
        self.assertEqual((first.key, first.text), (second.key, second.text))
        self.assertEqual(self.deliveries(self.order)[NUMBER].state, "sent")

    def test_what_was_refused_gets_a_new_key(self):
        delivery = self.send_sms(self.order)
        self.sms.answer("failed", "gateway_refused", 422)
        self.run_queue()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("does not take this message", self.words(delivery))
        self.as_user(delivery, self.sender).action_retry()
        self.run_queue()
        self.assertNotEqual(self.texts[0].key, delivery.sms_key)

    def test_not_reached_is_tried_again(self):
        delivery = self.send_sms(self.order)
        self.sms.answer("deferred", "refused", phase="connect")
        self.run_queue()
        self.assertEqual((delivery.state, delivery.attempts), ("deferred", 1))
        self.assertIn("refuses the connection", self.words(delivery))
        self.let_time_pass(hours=1)
        self.run_queue()
        self.assertEqual(delivery.state, "sent")

    def test_a_gateway_that_asks_for_patience_gets_it(self):
        delivery = self.send_sms(self.order)
        self.sms.answer("cool_down", "rate_limited", 429, retry_after=7200)
        self.run_queue()
        self.assertEqual(self.gateway.mailroom_health, "cooling")
        self.let_time_pass(minutes=90)
        self.run_queue()
        self.assertEqual((self.sms.calls, delivery.state), (1, "deferred"))
        self.let_time_pass(minutes=40)
        self.run_queue()
        self.assertEqual(delivery.state, "sent")
        self.assertEqual(self.gateway.mailroom_health, "up")

    def test_a_refused_key_pauses_the_gateway_and_says_so_once(self):
        rows = [self.send_sms(self.create_order()) for _each in range(3)]
        self.sms.answer("account_fault", "gateway_login", 401)
        for _each in range(3):
            self.run_queue()
            self.let_time_pass(days=1)
        self.assertEqual((self.sms.calls, self.gateway.mailroom_health), (1, "paused"))
        for row in rows:
            self.assertEqual((row.state, row.attempts), ("queued", 0))
            self.assertIn("is paused", self.words(row))
        subject = f"SMS gateway “{self.gateway.name}” is paused"
        notice = self.env["mail.message"].search([("subject", "=", subject)])
        self.assertEqual(len(notice), 1)
        self.assertIn(self.manager.partner_id, notice.notified_partner_ids)
        self.assertIn("refuses the user name", notice.body)
        self.as_user(self.gateway, self.manager).action_mailroom_resume()
        self.run_queue()
        self.assertEqual({row.state for row in rows}, {"sent"})

    def test_a_changed_text_does_not_leave(self):
        delivery = self.send_sms(self.order)
        self.sms.answer("deferred", "refused", phase="connect")
        self.run_queue()
        delivery.sms_text = "Something else"
        self.let_time_pass(hours=1)
        self.run_queue()
        self.assertEqual((delivery.state, delivery.reason), ("failed", "frozen_lost"))
        self.assertFalse(self.texts)

    def test_a_dead_workers_text_message_is_unsure_after_the_mark(self):
        early = self.send_sms(self.create_order())
        late = self.send_sms(self.create_order())
        self.sms.answer("deferred", "refused", phase="connect", times=2)
        self.run_queue()
        # A worker that died has left these behind.
        (early | late).write({"state": "sending", "worker": 77})
        early.phase, late.phase = "claimed", "data"
        self.let_time_pass(hours=1)
        self.run_queue()
        self.assertEqual((early.state, late.state), ("sent", "uncertain"))
        self.assertEqual(len(self.texts), 1)

    # === CANCEL === #

    def test_cancelled_in_time_it_does_not_leave(self):
        delivery = self.send_sms(self.order)
        self.as_user(delivery, self.sender).action_cancel()
        self.run_queue()
        self.assertFalse(self.sms.calls)
        self.assertEqual(self.order.mailroom_state, "not_sent")

    def test_the_blind_copy_is_of_mail_only(self):
        self.company.write({"mailroom_bcc": True, "mailroom_bcc_address": "x@y.test"})
        self.send_sms(self.order)
        self.run_queue()
        self.assertFalse(self.mails)
