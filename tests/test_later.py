from datetime import timedelta

from odoo import fields

from ..tools.plan import Wishes
from .common import MailroomCommon


class TestLater(MailroomCommon):
    """A message that leaves after some minutes unless somebody stops it (G12)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order()
        moment = fields.Datetime.now() + timedelta(minutes=5)
        order = self.as_user(self.order, self.sender)
        plans = order.env["mailroom.planner"]._plan(
            order, Wishes(origin="rule", rule="Delivered", not_before=moment)
        )
        self.dispatch = order.env["mailroom.dispatch"]._send(plans).sudo()

    def test_waits_and_leaves(self):
        """Nothing leaves before its time, then it does, and stands in the history."""
        before = self.order.message_ids
        self.run_queue()
        self.assertEqual(self.states(self.order), {"anna@kund.test": "held"})
        self.assertEqual(self.order.mailroom_state, "held")
        self.assertFalse(self.mails)
        self.assertIn("unless somebody stops it", self.dispatch.delivery_ids.words)
        self.let_time_pass(minutes=6)
        self.run_queue()
        self.assertEqual(self.states(self.order), {"anna@kund.test": "sent"})
        self.assertEqual(len(self.order.message_ids - before), 1)
        self.assertEqual(self.dispatch.rule, "Delivered")

    def test_stopped(self):
        """What is stopped in time reaches nobody and does not stand in the history."""
        before = self.order.message_ids
        waiting = self.dispatch.delivery_ids
        self.as_user(waiting, self.sender).action_cancel()
        self.let_time_pass(minutes=6)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(self.order.message_ids, before)
        self.assertEqual(self.order.mailroom_state, "not_sent")

    def test_says_what_holds_when_it_leaves(self):
        """A change in the meantime is in the message, not the state of the start."""
        self.order.order_line.price_unit = 4321
        self.let_time_pass(minutes=6)
        self.run_queue()
        self.assertEqual(self.states(self.order), {"anna@kund.test": "sent"})
        self.assertIn("10,802.50", self.dispatch.body)
        self.assertFalse(self.order.mailroom_changed)
