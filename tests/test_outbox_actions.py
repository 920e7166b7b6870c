from odoo import api
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestOutboxActions(MailroomCommon):
    """What a person may do with a message: retry, it arrived, cancel."""

    def act(self, document, action, address="anna@kund.test", user=None):
        """Press a button in the status lines."""
        delivery = self.deliveries(document)[address]
        return self.as_user(document, user or self.sender).mailroom_act(
            action, delivery.id
        )

    # === RETRY === #

    def test_retry_touches_only_the_failed(self):
        order = self.create_order()
        self.server.refuse("bo@kund.test", 550, "5.1.1 no such user")
        self.send(order, to=self.anna | self.bo)
        self.run_queue()
        self.act(order, "retry", "bo@kund.test")
        self.run_queue()
        self.assertEqual(
            [m.recipient for m in self.mails], ["anna@kund.test", "bo@kund.test"]
        )
        self.assertEqual(order.mailroom_state, "sent")
        with self.assertRaises(UserError):
            self.act(order, "retry", "anna@kund.test")

    def test_a_retry_sends_the_same_bytes(self):
        order = self.create_order()
        self.server.lose("anna@kund.test")
        self.send(order)
        self.run_queue()
        order.order_line.price_unit = 5000
        self.act(order, "retry")
        self.let_time_pass(minutes=30)
        self.run_queue()
        first, second = self.mails
        self.assertEqual(first.raw, second.raw)

    def test_a_second_retry_of_the_same_message_is_refused(self):
        order = self.create_order()
        self.server.lose("anna@kund.test")
        self.send(order)
        self.run_queue()
        unsure = self.deliveries(order)["anna@kund.test"]
        document = self.as_user(order, self.sender)
        document.mailroom_act("retry", unsure.id)
        with self.assertRaises(UserError):
            document.mailroom_act("retry", unsure.id)
        self.let_time_pass(minutes=30)
        self.run_queue()
        self.assertEqual(len(self.mails), 2)

    def test_retry_prints_again_what_could_not_be_printed(self):
        order = self.create_order()
        self.printer.broken.add(order.name)
        self.send(order)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "failed")
        self.printer.broken.clear()
        self.act(order, "retry")
        self.run_queue()
        self.assertEqual(order.mailroom_state, "sent")
        (name,) = self.mails[0].files
        self.assertIn(order.name, name)

    # === IT ARRIVED === #

    def test_it_arrived_settles_an_unsure_message(self):
        order = self.create_order()
        self.server.lose("anna@kund.test")
        self.send(order)
        self.run_queue()
        status = self.act(order, "arrived")
        self.assertEqual(status["state"], "sent")
        self.assertEqual(order.mailroom_state, "sent")
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        self.assertIn("Sender", self.deliveries(order)["anna@kund.test"].resend_reason)

    def test_only_an_unsure_message_can_be_said_to_have_arrived(self):
        order = self.create_order()
        self.send(order)
        with self.assertRaises(UserError):
            self.act(order, "arrived")

    # === CANCEL === #

    def test_a_cancelled_message_does_not_leave_and_can_be_sent_anew(self):
        order = self.create_order()
        self.send(order)
        self.act(order, "cancel")
        self.assertEqual(order.mailroom_state, "not_sent")
        self.run_queue()
        self.assertFalse(self.mails)
        self.send(order)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_cancelling_one_of_two_leaves_the_other(self):
        order = self.create_order()
        self.send(order, to=self.anna | self.bo)
        self.act(order, "cancel", "bo@kund.test")
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"])
        self.assertEqual(order.mailroom_state, "sent")

    def test_what_is_being_sent_or_has_left_cannot_be_cancelled(self):
        order = self.create_order()
        self.send(order)
        delivery = self.deliveries(order)["anna@kund.test"]
        tried = []

        def cancel(recipient):
            with self.env.registry.cursor() as cr:
                env = api.Environment(cr, self.sender.id, {})
                with self.assertRaisesRegex(UserError, "too late"):
                    env["mailroom.delivery"].browse(delivery.id).action_cancel()
            tried.append(recipient)

        self.server.before_reply = cancel
        self.run_queue()
        self.assertEqual(tried, ["anna@kund.test"])
        self.assertEqual(order.mailroom_state, "sent")
        with self.assertRaisesRegex(UserError, "too late"):
            self.act(order, "cancel")

    # === WHO MAY === #

    def test_the_status_offers_what_can_be_done_next(self):
        order = self.create_order()
        self.server.lose("anna@kund.test")
        self.server.refuse("bo@kund.test", 550, "5.1.1 no such user")
        self.send(order, to=self.anna | self.bo)

        def offered():
            status = self.as_user(order, self.sender).mailroom_get_status()
            (message,) = status["messages"]
            return {d["address"]: d["actions"] for d in message["deliveries"]}

        self.assertEqual(
            offered(), {"anna@kund.test": ["cancel"], "bo@kund.test": ["cancel"]}
        )
        self.run_queue()
        # A server that swallowed one message is left alone for a while.
        self.let_time_pass(minutes=30)
        self.run_queue()
        self.assertEqual(
            offered(),
            {"anna@kund.test": ["arrived", "retry"], "bo@kund.test": ["retry"]},
        )

    def test_a_colleague_who_may_read_the_document_may_act(self):
        colleague = self.create_user(
            "colleague", "sales_team.group_sale_salesman_all_leads"
        )
        order = self.create_order()
        self.send(order)
        self.env.invalidate_all()
        self.act(order, "cancel", user=colleague)
        self.assertEqual(order.mailroom_state, "not_sent")

    def test_a_delivery_of_another_document_is_not_touched(self):
        mine, other = self.create_order(), self.create_order()
        self.send(other)
        foreign = self.deliveries(other)["anna@kund.test"]
        self.as_user(mine, self.sender).mailroom_act("cancel", foreign.id)
        self.assertEqual(foreign.state, "queued")

    def test_other_methods_cannot_be_called_through_the_status(self):
        order = self.create_order()
        self.send(order)
        delivery = self.deliveries(order)["anna@kund.test"]
        for action in ("unlink", "_cancel", "download", "retry', 'x"):
            self.as_user(order, self.sender).mailroom_act(action, delivery.id)
        self.assertEqual(delivery.exists().state, "queued")
