from itertools import permutations

from .sms_common import SmsCommon

EVENTS = (("accepted", "1"), ("", "2"), ("failed", "3"), ("delivered", "4"))


class TestSmsReceipt(SmsCommon):
    """What a gateway reports later (F8): in any order, each event once."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order()
        self.row = self.send_sms(self.order)
        self.run_queue()

    def test_delivered_is_said_only_when_the_gateway_says_so(self):
        self.assertEqual(self.row.state, "sent")
        self.row._sms_report("delivered", "e1", None, "DELIVRD")
        self.assertEqual(self.row.state, "delivered")
        self.run_queue()
        self.assertEqual(self.order.mailroom_state, "sent")
        words = self.as_user(self.row, self.manager).words
        self.assertRegex(words, r"^Delivered at \d")

    def test_a_failure_is_said_and_becomes_a_to_do(self):
        self.row._sms_report("failed", "e1", None, "expired")
        self.run_queue()
        self.assertEqual(self.row.state, "bounced")
        self.assertEqual(self.order.mailroom_state, "failed")
        self.assertIn("Message not sent", self.order.activity_ids.summary)
        envelope = self.row.notification_id
        self.assertEqual(envelope.notification_status, "bounce")

    def test_the_end_is_the_same_in_whatever_order_events_come(self):
        for order in permutations(EVENTS):
            row = self.send_sms(self.create_order())
            self.run_queue()
            for state, event in order:
                self.assertTrue(row._sms_report(state, event))
                self.assertFalse(row._sms_report(state, event), "each event once")
            self.assertEqual(row.state, "delivered", order)
            self.assertEqual(len(row.attempt_ids), 5)

    def test_a_failure_after_the_delivery_changes_nothing(self):
        self.row._sms_report("delivered", "1")
        self.row._sms_report("failed", "2")
        self.assertEqual(self.row.state, "delivered")

    def test_an_unsure_message_is_settled(self):
        row = self.send_sms(self.create_order())
        self.sms.answer("uncertain", "timeout")
        self.run_queue()
        row._sms_report("delivered", "1")
        self.assertEqual(row.state, "delivered")

    def test_what_was_taken_after_all_is_not_sent_again(self):
        row = self.send_sms(self.create_order())
        self.sms.answer("deferred", "server_busy", 503)
        self.run_queue()
        self.assertEqual(row.state, "deferred")
        row._sms_report("accepted", "1")
        self.let_time_pass(days=1)
        self.run_queue()
        self.assertEqual((row.state, self.sms.calls), ("sent", 2))

    def test_a_report_that_overtakes_the_answer_stays(self):
        row = self.send_sms(self.create_order())
        hand_over = self.sms.hand_over

        def report_first(gateway, message, on_handover, seconds_left):
            verdict = hand_over(gateway, message, on_handover, seconds_left)
            row.invalidate_recordset()
            row._sms_report("delivered", "1")
            return verdict

        self.sms.hand_over = report_first
        self.run_queue()
        self.assertEqual(row.state, "delivered")
        self.assertEqual(row.sms_reference, "ref-2")

    def test_only_the_gateway_that_took_it_may_report(self):
        rows = self.env["mailroom.delivery"]
        key, reference = self.row.sms_key, self.row.sms_reference
        self.assertEqual(rows._sms_find(self.gateway, key=key), self.row)
        self.assertEqual(rows._sms_find(self.gateway, reference=reference), self.row)
        self.assertFalse(rows._sms_find(self.gateway_b, key, reference))
        self.assertFalse(rows._sms_find(self.gateway))
