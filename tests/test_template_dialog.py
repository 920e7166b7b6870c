from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateDialog(TemplateCommon, MailroomCommon):
    """Templates in the dialog behind Send (B11, B13, C2, C6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.no_templates()
        cls.standard = cls.create_template(
            mailroom_subject="Offer {Number}",
            mailroom_body="<p>Hello {Customer.Name}</p>",
        )

    def test_the_dialog_shows_which_template_was_chosen(self):
        dialog = self.open_dialog(self.create_order())
        self.assertEqual(dialog.template_id, self.standard)
        self.assertEqual(dialog.subject, f"Offer {dialog.document_name}")

    def test_offered_are_those_of_this_document_best_first(self):
        other = self.create_template(mailroom_subject="Other {Number}")
        free = self.create_template("message", lang=None)
        self.create_template("invoice")
        self.create_template(company=self.company_b)
        self.create_template(lang="fr_FR")
        dialog = self.open_dialog(self.create_order())
        choices = self.env["mail.template"].browse(dialog.template_choices)
        ours = choices.filtered("mailroom_kind")
        self.assertEqual(ours.ids, [self.standard.id, other.id, free.id])

    def test_send_with_template_fills_in_and_leaves_the_template_alone(self):
        other = self.create_template(
            mailroom_subject="Survey about {Number}",
            mailroom_body='<p><a href="https://survey.test/?o={Number}">Why</a></p>',
        )
        order = self.create_order()
        with Form(self.open_dialog(order)) as dialog:
            dialog.template_id = other
            self.assertEqual(dialog.subject, f"Survey about {order.name}")
            self.assertIn(f"https://survey.test/?o={order.name}", dialog.body)
            dialog.subject = "Just this once"
        wizard = dialog.record
        wizard.action_send()
        self.assertEqual(self.dispatches(order).subject, "Just this once")
        self.assertEqual(other.mailroom_subject, "Survey about {Number}")

    def test_a_fixed_text_stays_as_it_is(self):
        self.standard.mailroom_editable = False
        order = self.create_order()
        dialog = self.open_dialog(order)
        self.assertTrue(dialog.text_fixed)
        dialog.write({"subject": "Mine", "body": "<p>Mine</p>"})
        dialog.action_send()
        dispatch = self.dispatches(order)
        self.assertEqual(dispatch.subject, f"Offer {order.name}")
        self.assertEqual(dispatch.body, "<p>Hello Kund Fastigheter</p>")

    def test_another_companys_template_cannot_be_used(self):
        foreign = self.create_template(
            company=self.company_b, mailroom_subject="Foreign {Number}"
        )
        plan = self.plan(self.create_order(), template=foreign)
        self.assertEqual(plan.template, self.standard)

    def test_a_text_without_template_begins_with_the_users_signature(self):
        self.sender.signature = "<p>Greetings, <b>Sam</b></p>"
        plan = self.plan(self.create_order(), template=self.env["mail.template"])
        self.assertIn("<p>Greetings, <b>Sam</b></p>", plan.body)

    def test_the_signature_is_that_of_who_sends(self):
        self.sender.signature = "<p>Greetings, <b>Sam</b></p>"
        self.standard.mailroom_body = "<p>[[{User.Signature}]]</p><p>{User.Name}</p>"
        plan = self.plan(self.create_order())
        self.assertEqual(
            plan.body, "<div><p>Greetings, <b>Sam</b></p></div><p>Sender</p>"
        )

    def test_free_words_do_not_make_the_document_sent(self):
        free = self.create_template(
            "message", lang=None, mailroom_subject="Re {Number}"
        )
        order = self.create_order()
        with Form(self.open_dialog(order)) as dialog:
            dialog.template_id = free
        dialog.record.action_send()
        dispatch = self.dispatches(order)
        self.assertEqual(dispatch.purpose, "message")
        self.assertFalse(dispatch.file_ids, "the PDF goes along only if asked for")
        self.run_queue()
        self.assertEqual(order.mailroom_state, "not_sent")

    def test_a_reminder_takes_the_invoice_along_and_does_not_replace_it(self):
        self.create_template("invoice")
        reminder = self.create_template(
            "payment_reminder", mailroom_subject="Reminder {Number}"
        )
        invoice = self.create_invoice()
        first = self.send(invoice)
        self.run_queue()
        with Form(self.open_dialog(invoice)) as dialog:
            dialog.template_id = reminder
        dialog.record.action_send()
        second = self.dispatches(invoice)[:1]
        self.assertEqual(second.subject, f"Reminder {invoice.name}")
        self.assertEqual(len(second.file_ids), 1)
        self.assertFalse(first.delivery_ids.superseded)
        self.assertEqual(invoice._mailroom_last_dispatch().id, first.id)

    def test_empty_and_unknown_tags_are_problems(self):
        self.standard.mailroom_body = "<p>{CustomerReference}</p>"
        plan = self.plan(self.create_order())
        self.assertEqual(
            [(p.code, p.level) for p in plan.problems], [("empty_tag", "warn")]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_template SET mailroom_body = '<p>{Gone}</p>' WHERE id = %s",
            [self.standard.id],
        )
        self.env.invalidate_all()
        plan = self.plan(self.create_order())
        self.assertTrue(plan.blocked)
        self.assertIn("{Gone}", plan.problems[0].message)

    def alerts(self, dialog):
        """Return ``[(level, message)]`` of a dialog."""
        alerts = dialog.alerts or {}
        return [(alert["level"], alert["message"]) for alert in alerts.values()]

    def test_the_dialog_says_what_the_text_has_nothing_to_print_for(self):
        self.standard.mailroom_body = "<p>Your order {CustomerReference}.</p>"
        dialog = self.open_dialog(self.create_order())
        ((level, words),) = self.alerts(dialog)
        self.assertEqual(level, "warning")
        self.assertIn("{CustomerReference}", words)
        other = self.create_template(mailroom_body="<p>By {ValidUntil}</p>")
        order = self.create_order(client_order_ref="PO 7", validity_date=False)
        with Form(self.open_dialog(order)) as form:
            self.assertFalse(form.alerts)
            form.template_id = other
            ((level, words),) = self.alerts(form)
            self.assertIn("{ValidUntil}", words)
            form.template_id = self.standard
            self.assertFalse(form.alerts)

    def make_unknown(self, field):
        """Let the template ask for a tag that went with another addon."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE mail_template SET %s = 'By {Gone.Tag} at noon' WHERE id = %s",
                SQL.identifier(field),
                self.standard.id,
            )
        )
        self.env.invalidate_all()

    def test_a_tag_nobody_knows_stops_the_message_until_it_is_taken_out(self):
        for field, name in (("mailroom_body", "body"), ("mailroom_subject", "subject")):
            order = self.create_order()
            self.make_unknown(field)
            dialog = self.open_dialog(order)
            self.assertIn("{Gone.Tag}", dialog[name])
            with self.subTest(field=field):
                ((level, words),) = self.alerts(dialog)
                self.assertEqual(level, "danger")
                self.assertIn("{Gone.Tag}", words)
                with self.assertRaisesRegex(UserError, "Gone.Tag"):
                    dialog.action_send()
                dialog[name] = "By train at noon"
                self.assertFalse(dialog.alerts)
                dialog.action_send()
                self.assertTrue(self.dispatches(order))
            self.standard.write({field: "By train"})

    def test_a_tag_typed_into_the_dialog_is_no_value(self):
        dialog = self.open_dialog(self.create_order())
        self.assertFalse(dialog.alerts)
        dialog.body = "<p>About {Number}</p>"
        ((level, words),) = self.alerts(dialog)
        self.assertEqual(level, "warning")
        self.assertIn("{Number} is sent as it stands", words)

    def test_a_customer_may_be_called_like_a_tag(self):
        self.customer.name = "{Gone.Tag}"
        order = self.create_order()
        self.send(order)
        self.assertIn("Hello {Gone.Tag}", self.dispatches(order).body)

    def test_the_pdf_is_named_by_the_template(self):
        self.standard.mailroom_file_name = "Offer {Number} / {Customer.Name}"
        order = self.create_order()
        self.send(order)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(
            list(mail.files), [f"Offer {order.name} - Kund Fastigheter.pdf"]
        )

    def test_a_sender_cannot_write_templates(self):
        template = self.as_user(self.standard, self.sender)
        with self.assertRaises(AccessError):
            template.mailroom_subject = "x"
        with self.assertRaises(AccessError):
            template.unlink()
        with self.assertRaises(AccessError):
            template.create({"name": "x", "mailroom_kind": "order"})
