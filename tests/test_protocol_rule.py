from odoo.fields import Command
from odoo.tests import tagged

from .protocol_common import ProtocolCommon


@tagged("post_install", "-at_install")
class TestProtocolRule(ProtocolCommon):
    """An automation rule with the action "Send with Mailroom" on service protocols."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        model = cls.env["ir.model"]._get_id("mailroom.protocol")
        cls.action = cls.env["ir.actions.server"].create(
            {
                "name": "Send the protocol",
                "model_id": model,
                "state": "mailroom_send",
                "usage": "base_automation",
            }
        )
        cls.env["base.automation"].create(
            {
                "name": "Every protocol at once",
                "model_id": model,
                "trigger": "on_create_or_write",
                "filter_pre_domain": "[('state', '=', 'draft')]",
                "filter_domain": "[('state', '=', 'done')]",
                "action_server_ids": [Command.set(cls.action.ids)],
            }
        )

    def addresses(self):
        self.run_queue()
        return [mail.recipient for mail in self.mails]

    def test_it_leaves_when_it_is_done(self):
        self.action.mailroom_mode = "send"
        protocol = self.create_protocol()
        self.assertFalse(self.addresses())
        self.as_user(protocol, self.sender).action_done()
        self.assertEqual(self.addresses(), ["anna@kund.test"])
        self.assertEqual(self.dispatches(protocol).rule, "Every protocol at once")
        history = "\n".join(str(note) for note in protocol.message_ids.mapped("body"))
        self.assertIn("Every protocol at once", history)

    def test_it_asks_on_the_protocol(self):
        self.action.mailroom_mode = "ask"
        protocol = self.create_protocol()
        question = self.press_done(protocol)
        self.assertIn("Every protocol at once", question.question)
        self.assertFalse(self.addresses())
        question.action_send()
        self.assertEqual(self.addresses(), ["anna@kund.test"])

    def test_a_correction_ends_the_question_about_what_it_replaces(self):
        self.action.mailroom_mode = "ask"
        protocol = self.create_protocol()
        self.press_done(protocol)
        protocol = self.as_user(protocol, self.sender)
        self.assertTrue(protocol.mailroom_get_status()["questions"])
        protocol.action_correct()
        self.assertFalse(protocol.mailroom_get_status()["questions"])

    def test_rule_and_contact_together_send_one(self):
        self.action.mailroom_mode = "send"
        self.option(self.anna, "auto")
        protocol = self.create_protocol()
        self.as_user(protocol, self.sender).action_done()
        self.assertEqual(self.addresses(), ["anna@kund.test"])
        self.assertEqual(protocol.mailroom_state, "sent")
        self.assertFalse(protocol.activity_ids, "nothing went wrong")
