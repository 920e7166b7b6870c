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
