from odoo.tests import Form

from .batch_common import BatchCommon


class TestBatchLines(BatchCommon):
    """What a person changes on a line before it leaves."""

    def test_other_recipients(self):
        invoices = self.create_invoices(2)
        invoices[0].partner_id.email = False
        batch = self.make_batch(invoices)
        line = self.line(batch, invoices[0])
        line.recipients = "not an address"
        self.assertEqual(line.light, "red")
        line.recipients = "boss@kund.test, clerk@kund.test"
        self.assertEqual(line.light, "green")
        batch.action_send()
        self.run_queue()
        self.assertEqual(
            self.addresses, ["boss@kund.test", "clerk@kund.test", "customer2@kund.test"]
        )

    def test_other_language_and_template(self):
        invoices = self.create_invoices(2)
        template = self.env["mail.template"].create(
            {
                "name": "Thanks",
                "mailroom_kind": "invoice",
                "mailroom_company_id": self.company.id,
                "mailroom_subject": "Merci {Number}",
                "mailroom_body": "<p>Merci</p>",
            }
        )
        batch = self.make_batch(invoices)
        self.line(batch, invoices[0]).write(
            {"template_id": template.id, "lang": "fr_FR"}
        )
        batch.action_send()
        self.run_queue()
        subjects = {mail.recipient: mail["Subject"] for mail in self.mails}
        self.assertEqual(subjects["customer1@kund.test"], f"Merci {invoices[0].name}")
        self.assertEqual(subjects["customer2@kund.test"], f"Invoice {invoices[1].name}")

    def test_check_again_after_mending(self):
        invoices = self.create_invoices(2)
        invoices[0].partner_id.email = False
        batch = self.make_batch(invoices)
        invoices[0].partner_id.email = "mended@kund.test"
        self.line(batch, invoices[0]).action_check()
        self.assertEqual(self.line(batch, invoices[0]).light, "green")
        self.assertEqual(self.line(batch, invoices[0]).recipients, "mended@kund.test")

    def test_what_is_mistyped_stays_to_be_mended(self):
        invoices = self.create_invoices(2)
        batch = self.make_batch(invoices)
        line = self.line(batch, invoices[0])
        line.recipients = "a@kund.test, chef@@kund.test"
        for _each in range(2):
            self.assertEqual(line.light, "red")
            self.assertEqual(line.recipients, "a@kund.test, chef@@kund.test")
            self.assertIn("chef@@kund.test", line.words)
            line.action_check()

    def test_what_is_emptied_is_proposed_again(self):
        invoices = self.create_invoices(2)
        batch = self.make_batch(invoices)
        line = self.line(batch, invoices[0])
        line.recipients = "a@kund.test"
        line.recipients = False
        self.assertEqual(line.recipients, "customer1@kund.test")

    def test_one_customer_gets_fewer_when_one_is_unticked(self):
        invoices = self.create_invoices(1)
        invoices |= self.create_invoice(partner_id=invoices.partner_id.id)
        batch = self.make_batch(invoices)
        one, other = batch.line_ids
        self.assertEqual(one.light, "amber")
        one.selected = False
        self.assertEqual((one.light, other.light), ("green", "green"))
        self.assertFalse(one.words or other.words)
        one.selected = True
        self.assertIn("2 mails", other.words)

    def test_the_numbers_add_up(self):
        invoices = self.create_invoices(4)
        invoices[0].partner_id.email = False
        self.send(invoices[1])
        self.run_queue()
        invoices |= self.create_invoice(partner_id=invoices[2].partner_id.id)
        batch = self.make_batch(invoices)
        self.assertEqual(
            batch.summary, "1 will go, 2 need a look, 1 cannot, 1 left out"
        )
        self.assertEqual(batch.leave_count, 3)

    def test_editing_a_line_leaves_the_numbers_as_they_are(self):
        batch = self.make_batch(self.create_invoices(2))
        with Form(batch, "mailroom.mailroom_batch_view_form") as form:
            with form.line_ids.edit(0) as line:
                line.selected = False
            self.assertEqual(form.line_count, 2)
        self.assertEqual(batch.leave_count, 1)

    # === THE TEXT === #

    def reminder(self, **values):
        return self.env["mail.template"].create(
            {
                "name": "Påminnelse",
                "mailroom_kind": "payment_reminder",
                "mailroom_subject": "{Number}",
                **values,
            }
        )

    def test_only_templates_that_fit_are_offered(self):
        batch = self.make_batch(self.create_invoices(2))
        self.assertIn("payment_reminder", batch.template_kinds)
        self.assertNotIn("booking_confirmation", batch.template_kinds)
        self.assertNotIn("quotation", batch.template_kinds)

    def test_a_template_that_does_not_fit_is_said(self):
        batch = self.make_batch(self.create_invoices(2))
        batch.template_id = self.reminder(mailroom_kind="quotation", name="Offert")
        line = batch.line_ids[0]
        self.assertEqual(line.light, "amber")
        self.assertIn("“Offert” is not for this document", line.words)

    def test_a_text_in_another_language_than_the_customers_is_said(self):
        batch = self.make_batch(self.create_invoices(2))
        swedish = self.env["res.lang"]._lang_get("sv_SE")
        batch.template_id = self.reminder(mailroom_lang_id=swedish.id)
        line = batch.line_ids[0]
        self.assertEqual(line.light, "amber")
        self.assertRegex(line.words, "The text is in Swedish.*customer reads English")

    # === BROKEN === #

    def test_one_broken_document_stops_no_other(self):
        invoices = self.create_invoices(3)
        model = self.env.registry["account.move"]
        people = model._mailroom_people

        def fail_on_the_second(move):
            if move.id == invoices[1].id:
                raise ZeroDivisionError
            return people(move)

        self.patch(model, "_mailroom_people", fail_on_the_second)
        with self.assertLogs("odoo.addons.mailroom.models.batch", "ERROR"):
            batch = self.make_batch(invoices)
        self.assertEqual(self.line(batch, invoices[1]).light, "red")
        self.assertEqual(batch.go_count, 2)
