from .batch_common import BatchCommon


class TestBatchTogether(BatchCommon):
    """One mail per customer with all his documents."""

    def setUp(self):
        super().setUp()
        self.one, self.other = self.create_customer(1), self.create_customer(2)
        self.invoices = self.env["account.move"]
        for customer in (self.one, self.other, self.one, self.one):
            self.invoices |= self.create_invoice(partner_id=customer.id)
        self.batch = self.make_batch(self.invoices)
        self.batch.one_mail = True

    def send_all(self):
        self.batch.action_send()
        self.run_queue()

    def test_one_mail_with_every_pdf(self):
        self.send_all()
        mails = {mail.recipient: mail for mail in self.mails}
        self.assertEqual(len(self.mails), 2)
        names = [
            i._mailroom_file_name() for i in self.invoices if i.partner_id == self.one
        ]
        mail = mails[self.one.email]
        self.assertEqual(sorted(mail.files), sorted(names))
        for invoice in self.invoices - self.invoices[1]:
            self.assertIn(invoice.name, mail.html)
        self.assertEqual(len(mails[self.other.email].files), 1)
        self.assertIn("Dear Customer 2", mails[self.other.email].html)

    def test_each_document_knows(self):
        self.send_all()
        self.assertEqual(set(self.invoices.mapped("mailroom_state")), {"sent"})
        self.assertEqual(set(self.results(self.batch)), {"sent"})
        for invoice in self.invoices:
            message = self.dispatches(invoice).message_id
            self.assertIn(message, invoice.message_ids)
            self.assertIn(
                invoice._mailroom_file_name(), message.attachment_ids.mapped("name")
            )
        self.invoices[2].payment_reference = "changed"
        self.assertEqual(
            self.invoices.mapped("mailroom_changed"), [False, False, True, False]
        )

    def test_fails_and_is_retried_once(self):
        self.server.refuse(self.one.email, 550, "5.1.1 unknown user")
        self.send_all()
        self.assertEqual(
            self.invoices.mapped("mailroom_state"),
            ["failed", "sent", "failed", "failed"],
        )
        self.assertEqual(self.batch.summary, "1 sent, 3 not")
        self.batch.action_retry_failed()
        self.run_queue()
        self.assertEqual(self.addresses, [self.one.email, self.other.email])
        self.assertEqual(set(self.invoices.mapped("mailroom_state")), {"sent"})
        self.assertEqual(set(self.results(self.batch)), {"sent"})

    def test_taken_back_as_one(self):
        self.batch.action_send()
        self.step(self.batch)
        row = self.deliveries(self.invoices[2])[self.one.email]
        self.as_user(row, self.biller).action_cancel()
        self.run_queue()
        self.assertEqual(self.addresses, [self.other.email])
        self.assertEqual(
            self.invoices.mapped("mailroom_state"),
            ["not_sent", "sent", "not_sent", "not_sent"],
        )

    def test_unsure_is_settled_as_one(self):
        self.server.lose(self.one.email)
        self.send_all()
        self.let_time_pass(hours=1)
        self.run_queue()
        self.assertEqual(self.invoices[3].mailroom_state, "uncertain")
        row = self.deliveries(self.invoices[3])[self.one.email]
        self.as_user(row, self.biller).action_arrived()
        self.assertEqual(set(self.invoices.mapped("mailroom_state")), {"sent"})

    def test_preview_shows_all(self):
        preview = self.batch.line_ids.sorted("id")[0].preview
        for invoice in self.invoices - self.invoices[1]:
            self.assertIn(invoice.name, preview)
