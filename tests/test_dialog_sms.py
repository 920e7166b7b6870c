from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged

from .sms_common import SmsCommon


class TestDialogSms(SmsCommon):
    """Text messages in the dialog behind Send (B2, B13 to B15)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order(confirmed=True)

    def open_message(self):
        order = self.as_user(self.order, self.sender)
        action = order.action_mailroom_message()
        return order.env["mailroom.send"].browse(action["res_id"])

    def words(self, dialog):
        return " ".join(alert["message"] for alert in (dialog.alerts or {}).values())

    def tick_sms(self, dialog, partner, **values):
        line = dialog.recipient_ids.filtered(lambda line: line.partner_id == partner)
        line.write({"sms": True, **values})

    def test_each_person_by_mail_or_by_text_message_or_both(self):
        dialog = self.open_message()
        self.assertTrue(dialog.sms_possible)
        self.tick_sms(dialog, self.bo)
        dialog.sms_text = "We are done"
        dialog.action_send()
        self.run_queue()
        self.assertEqual(
            self.states(self.order),
            {"anna@kund.test": "sent", "+46705123457": "sent"},
        )
        self.assertEqual([sms.text for sms in self.sms.texts], ["We are done"])
        self.assertEqual(len(self.mails), 1)

    def test_what_the_text_message_has_nothing_to_print_for(self):
        self.order.client_order_ref = False
        template = self.message_template()
        template.mailroom_sms_text = "About your order {CustomerReference}"
        dialog = self.open_message()
        dialog.template_id = template
        self.assertNotIn("{CustomerReference}", self.words(dialog))
        self.tick_sms(dialog, self.bo)
        self.assertIn("{CustomerReference}", self.words(dialog))

    def test_a_landline_is_refused_in_words(self):
        dialog = self.open_message()
        self.tick_sms(dialog, self.bo, mobile="040-12 34 57")
        self.assertIn("040-12 34 57", self.words(dialog))
        self.assertIn("landline", self.words(dialog))
        with self.assertRaisesRegex(UserError, "landline"):
            dialog.action_send()
        self.assertFalse(self.dispatches(self.order))

    def test_more_numbers_forgivingly_written(self):
        dialog = self.open_message()
        dialog.recipient_ids.selected = False
        dialog.write(
            {"other_numbers": " 070-512 34 99,+420 601 123 456 ;", "sms_text": "Hi"}
        )
        dialog.action_send()
        self.assertEqual(
            set(self.states(self.order)), {"+46705123499", "+420601123456"}
        )

    def test_an_empty_text_and_a_long_one(self):
        dialog = self.open_message()
        self.tick_sms(dialog, self.anna)
        dialog.sms_text = ""
        self.assertIn("Write a text", self.words(dialog))
        dialog.sms_text = "x" * 1000
        self.assertIn("allows 4", self.words(dialog))
        dialog.sms_text = "å" * 10
        self.assertIn("GSM-7", dialog.sms_length)

    def test_the_template_brings_its_text_message(self):
        template = self.env["mail.template"].create(
            {
                "name": "Survey",
                "mailroom_kind": "message",
                "mailroom_subject": "Survey",
                "mailroom_body": "<p>Hello</p>",
                "mailroom_sms_text": "How was {Number}?",
            }
        )
        with Form(self.open_message()) as form:
            form.template_id = template
            self.assertEqual(form.sms_text, f"How was {self.order.name}?")

    def test_without_a_gateway_there_is_nothing_about_sms(self):
        self.env["mailroom.gateway"].search([]).active = False
        dialog = self.open_message()
        self.assertFalse(dialog.sms_possible)

    def test_who_asked_for_text_messages_is_proposed(self):
        self.bo.mailroom_notify_sms = True
        dialog = self.open_message()
        ticked = dialog.recipient_ids.filtered("sms")
        self.assertEqual(ticked.partner_id, self.bo)


@tagged("post_install", "-at_install")
class TestDialogSmsTour(HttpCase, SmsCommon):
    """The same in a real browser."""

    registry_test_mode = True

    def test_a_landline_is_refused_and_a_mobile_is_not(self):
        order = self.create_order(confirmed=True)
        path = f"/odoo/sale.order/{order.id}"
        self.start_tour(path, "mailroom_send_sms", login=self.sender.login)
        self.run_queue()
        (sms,) = self.sms.texts
        self.assertEqual(sms.text, "We are on our way")
        self.assertEqual(self.states(order)["+46705123456"], "sent")
