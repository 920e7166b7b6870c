from odoo.tests import Form

from .common import MailroomCommon


class TestDialogMessage(MailroomCommon):
    """Buttons for a free message and for one with a template (B13, B14)."""

    def open_for(self, document, method, user=None):
        document = self.as_user(document, user or self.sender)
        action = getattr(document, method)()
        return document.env["mailroom.send"].browse(action["res_id"])

    def test_a_message_begins_with_the_words_for_finished_work(self):
        order = self.create_order(confirmed=True)
        dialog = self.open_for(order, "action_mailroom_message")
        self.assertIn("finished", dialog.subject)
        self.assertIn(order.name, dialog.body)
        self.assertFalse(dialog.file_ids.filtered("selected"))
        dialog.subject = "Only this once"
        dialog.action_send()
        self.run_queue()
        self.assertEqual(self.mails[0]["Subject"], "Only this once")
        self.assertEqual(order.mailroom_state, "not_sent")
        self.assertEqual(self.dispatches(order).purpose, "message")

    def test_a_quotation_has_no_finished_work(self):
        dialog = self.open_for(self.create_order(), "action_mailroom_message")
        self.assertEqual(dialog.template_id.mailroom_kind, "message")

    def test_with_template_waits_for_a_choice_and_fills_in(self):
        order = self.create_order(confirmed=True)
        template = self.env["mail.template"].create(
            {
                "name": "Survey",
                "mailroom_kind": "message",
                "mailroom_subject": "How did we do on {Number}?",
                "mailroom_body": "<p>Tell us, {Customer.Name}</p>",
            }
        )
        dialog = self.open_for(order, "action_mailroom_with_template")
        self.assertFalse(dialog.template_id)
        with Form(dialog) as form:
            form.template_id = template
            self.assertEqual(form.subject, f"How did we do on {order.name}?")
        dialog.action_send()
        self.assertEqual(self.dispatches(order).template_id, template)

    def test_a_sent_document_does_not_make_a_message_a_repetition(self):
        order = self.create_order(confirmed=True)
        self.send(order)
        self.run_queue()
        dialog = self.open_for(order, "action_mailroom_message")
        self.assertFalse(dialog.sent_before)
        self.assertTrue(dialog.is_message)
        with Form(dialog) as form:
            form.template_id = order._mailroom_default_template()
            self.assertIn("Nothing has changed since", form.sent_before)

    def test_an_invoice_gets_words_too(self):
        invoice = self.create_invoice()
        dialog = self.open_for(invoice, "action_mailroom_message", self.biller)
        dialog.action_send()
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(invoice.mailroom_state, "not_sent")

    def test_the_button_asks_for_what_is_to_be_done(self):
        order = self.create_order(require_signature=True, require_payment=False)
        self.assertEqual(order._mailroom_button(self.anna)[1], "Review and sign")
        order.require_signature = False
        self.assertEqual(order._mailroom_button(self.anna)[1], "View quotation")
