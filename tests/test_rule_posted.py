from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestRulePosted(MailroomCommon):
    """An invoice that is posted may leave by itself (C10)."""

    roles = ("biller", "manager", "internal")

    def setUp(self):
        super().setUp()
        self.company.write(
            {"mailroom_posted_mode": "hold", "mailroom_posted_minutes": 10}
        )

    def post(self, *invoices, **context):
        for invoice in invoices:
            records = self.as_user(invoice, self.biller).with_context(**context)
            records.action_post()

    def draft(self, **values):
        return self.create_invoice(posted=False, **values)

    def test_leaves_after_some_minutes_with_its_pdf(self):
        invoice = self.draft()
        self.post(invoice)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(invoice.mailroom_state, "held")
        self.let_time_pass(minutes=11)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail.recipient, "ledger@kund.test")
        number = invoice.name.replace("/", "-")
        self.assertEqual(list(mail.files), [f"Invoice {number}.pdf"])
        self.assertEqual(invoice.mailroom_state, "sent")
        self.assertEqual(self.dispatches(invoice).rule, "Invoice posted")

    def test_off_by_default(self):
        fresh = self.env["res.company"].create({"name": "New AB"})
        self.assertEqual(fresh.mailroom_posted_mode, "nothing")
        self.company.mailroom_posted_mode = "nothing"
        invoice = self.draft()
        self.post(invoice)
        self.assertFalse(self.dispatches(invoice))

    def test_asks(self):
        self.company.mailroom_posted_mode = "ask"
        invoice = self.draft()
        self.post(invoice)
        invoice = self.as_user(invoice, self.biller)
        (question,) = invoice.mailroom_get_status()["questions"]
        self.assertTrue(question["mine"] and question["fresh"])
        invoice.mailroom_answer(question["id"], "send")
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_many_make_one_batch(self):
        invoices = self.draft() | self.draft() | self.draft()
        before = self.env["mailroom.batch"].search([])
        self.post(invoices)
        self.let_time_pass(minutes=11)
        self.run_queue()
        self.assertFalse(self.mails)
        batch = self.env["mailroom.batch"].search([]) - before
        self.assertEqual(len(batch), 1)
        self.assertEqual(set(batch.line_ids.mapped("res_id")), set(invoices.ids))
        self.as_user(batch, self.biller).action_send()
        self.run_queue()
        self.assertEqual(len(self.mails), 3)

    def test_nothing_on_import(self):
        self.post(self.draft(), import_file=True)
        self.let_time_pass(minutes=11)
        self.run_queue()
        self.assertFalse(self.mails)

    def test_credit_notes_are_left_to_people(self):
        self.post(self.draft(move_type="out_refund"))
        self.assertFalse(self.env["mailroom.firing"].search([]))

    def test_posted_again_after_a_correction_is_nothing_new(self):
        invoice = self.draft()
        self.post(invoice)
        self.let_time_pass(minutes=11)
        self.run_queue()
        self.as_user(invoice, self.biller).button_draft()
        self.post(invoice)
        self.let_time_pass(minutes=11)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_a_draft_again_does_not_leave(self):
        invoice = self.draft()
        self.post(invoice)
        self.as_user(invoice, self.biller).button_draft()
        self.let_time_pass(minutes=11)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(set(self.states(invoice).values()), {"cancelled"})
        bodies = " ".join(map(str, invoice.message_ids.mapped("body")))
        self.assertIn("the message that still waited was taken back", bodies)
        self.post(invoice)
        self.let_time_pass(minutes=11)
        self.run_queue()
        self.assertEqual(len(self.mails), 1, "posted anew, it leaves")

    def test_posted_again_for_another_customer_reaches_only_him(self):
        other = self.env["res.partner"].create(
            {"name": "Autre SARL", "email": "bureau@autre.test", "lang": "fr_FR"}
        )
        invoice = self.draft()
        self.post(invoice)
        draft = self.as_user(invoice, self.biller)
        draft.button_draft()
        draft.partner_id = other
        self.post(invoice)
        self.let_time_pass(minutes=11)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail.recipient, "bureau@autre.test")
        self.assertIn("Facture", mail["Subject"])
        self.assertEqual(
            self.states(invoice),
            {"ledger@kund.test": "cancelled", "bureau@autre.test": "sent"},
        )

    def test_a_question_does_not_outlive_the_posting(self):
        self.company.mailroom_posted_mode = "ask"
        invoice = self.draft()
        self.post(invoice)
        draft = self.as_user(invoice, self.biller)
        draft.button_draft()
        self.assertFalse(draft.mailroom_get_status()["questions"])
        self.post(invoice)
        self.assertTrue(draft.mailroom_get_status()["questions"])

    def test_what_odoo_has_sent_meanwhile_does_not_leave_twice(self):
        invoice = self.draft()
        self.post(invoice)
        sent = self.as_user(invoice, self.biller).with_context(mark_so_as_sent=True)
        sent.message_post(
            body="Your invoice",
            partner_ids=self.invoice_address.ids,
            subtype_xmlid="mail.mt_comment",
        )
        self.let_time_pass(minutes=11)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        self.assertIn("Your invoice", self.mails[0].html)

    def test_each_company_decides_for_itself(self):
        invoice_b = self.draft(company=self.company_b)
        invoice_b.action_post()
        self.assertFalse(self.dispatches(invoice_b))

    def test_template_of_its_own_and_what_if_it_is_archived(self):
        template = self.env["mail.template"].create(
            {
                "name": "Posted",
                "mailroom_kind": "invoice",
                "mailroom_subject": "Posted {Number}",
                "mailroom_body": "<p>Here it is</p>",
            }
        )
        self.company.mailroom_posted_template_ids = [Command.set(template.ids)]
        invoice, late = self.draft(), self.draft()
        self.post(invoice)
        self.assertEqual(self.dispatches(invoice).subject, f"Posted {invoice.name}")
        template.active = False
        self.post(late)
        self.assertFalse(self.dispatches(late))
        told = self.env["mail.message"].search([("subject", "ilike", "no template")])
        self.assertIn(self.manager.partner_id, told.partner_ids)

    # === SETTINGS === #

    def test_mail_managers_set_it_and_it_is_logged(self):
        settings = self.as_user(self.env["mailroom.settings"], self.manager)
        settings.create({"company_id": self.company.id, "mailroom_posted_mode": "ask"})
        self.assertEqual(self.company.mailroom_posted_mode, "ask")
        log = self.env["mailroom.setting.log"].search([], limit=1)
        self.assertEqual(log.setting, "When an Invoice Is Posted")
        self.assertEqual(log.new, "Ask whether to send it")
        with self.assertRaises(AccessError):
            self.as_user(settings, self.internal).create(
                {"company_id": self.company.id, "mailroom_posted_mode": "hold"}
            )

    def test_minutes_are_at_least_one(self):
        with self.assertRaises(ValidationError):
            self.company.mailroom_posted_minutes = 0
