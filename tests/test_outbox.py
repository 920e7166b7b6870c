from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestOutbox(MailroomCommon):
    """What leaves, to whom, and what the document says about it."""

    def test_a_message_leaves_and_the_document_says_sent(self):
        order = self.create_order()
        self.send(order)
        self.assertEqual(order.mailroom_state, "queued")
        self.assertFalse(self.mails, "nothing leaves in the click")
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"])
        self.assertEqual(order.mailroom_state, "sent")
