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
        for invoice in self.invoices:
            self.assertEqual(len(self.dispatches(invoice)), 1, "the very same mail")

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

    # === TRIED AGAIN === #

    def files_to(self, address):
        """Return the numbers of files of the mails to an address."""
        return sorted(len(m.files) for m in self.mails if m.recipient == address)

    def fail(self):
        self.server.refuse(self.one.email, 550, "5.1.1 unknown user")
        self.send_all()

    def test_one_that_changed_meanwhile(self):
        """The mail's own document is another one now: all of them still arrive."""
        for changed in (0, 3):
            with self.subTest(changed=changed), self.env.cr.savepoint() as point:
                self.fail()
                self.invoices[changed].payment_reference = "another"
                self.batch.action_retry_failed()
                self.run_queue()
                self.assertEqual(self.batch.state, "done")
                self.assertEqual(set(self.results(self.batch)), {"sent"})
                self.assertEqual(self.files_to(self.one.email), [3])
                self.assertEqual(len(self.mails), 2)
                self.assertNotIn(True, self.invoices.mapped("mailroom_changed"))
                self.mails.clear()
                point.rollback()

    def test_a_line_brings_the_others_of_its_mail(self):
        self.fail()
        self.line(self.batch, self.invoices[2]).action_retry()
        self.run_queue()
        self.assertEqual(set(self.results(self.batch)), {"sent"})
        self.assertEqual(self.files_to(self.one.email), [3])

    def test_a_line_to_somebody_else_goes_alone(self):
        """Also the one that brought the others: they can still be sent."""
        self.fail()
        line = self.line(self.batch, self.invoices[0])
        line.recipients = "boss@kund.test"
        line.action_retry()
        self.run_queue()
        self.assertEqual(self.files_to("boss@kund.test"), [1])
        self.assertEqual(self.results(self.batch), ["sent", "sent", "failed", "failed"])
        self.assertEqual(self.batch.state, "done")
        self.batch.action_retry_failed()
        self.run_queue()
        self.assertEqual(self.files_to(self.one.email), [2])
        self.assertEqual(set(self.results(self.batch)), {"sent"})

    def test_a_mended_address_gets_one_mail(self):
        self.fail()
        self.one.email = "mended@kund.test"
        self.batch.action_retry_failed()
        self.run_queue()
        self.assertEqual(self.files_to("mended@kund.test"), [3])
        self.assertEqual(set(self.results(self.batch)), {"sent"})

    def test_what_left_alone_meanwhile_is_not_in_the_next_mail(self):
        self.fail()
        self.send(self.invoices[0], other_addresses=self.one.email)
        self.run_queue()
        self.batch.action_retry_failed()
        self.run_queue()
        self.assertEqual(self.files_to(self.one.email), [1, 2])
        self.assertEqual(self.results(self.batch), ["skipped", "sent", "sent", "sent"])

    # === ONE BAD LINE === #

    def test_what_a_colleague_has_sent_breaks_no_mail_apart(self):
        self.batch.action_send()
        self.send(self.invoices[2])
        self.run_queue()
        self.assertEqual(self.files_to(self.one.email), [1, 2])
        self.assertEqual(self.files_to(self.other.email), [1])
        self.assertEqual(self.results(self.batch), ["sent", "sent", "failed", "sent"])
        self.assertIn("second time", self.line(self.batch, self.invoices[2]).words)

    def test_a_broken_document_breaks_no_other_customer_apart(self):
        model = self.env.registry["account.move"]
        people = model._mailroom_people
        broken = self.invoices[1].id

        def fail_on_one(move):
            if move.id == broken:
                raise ZeroDivisionError
            return people(move)

        self.batch.action_send()
        self.patch(model, "_mailroom_people", fail_on_one)
        with self.assertLogs("odoo.addons.mailroom.models.batch", "ERROR"):
            self.run_queue()
        self.assertEqual(self.files_to(self.one.email), [3])
        self.assertEqual(self.results(self.batch), ["sent", "failed", "sent", "sent"])

    def test_knowingly_sent_again_in_one_mail(self):
        self.send_all()
        again = self.make_batch(self.invoices)
        again.one_mail = True
        for line in again.line_ids:
            line.selected = True
        again.action_send()
        self.run_queue()
        self.assertEqual(self.files_to(self.one.email), [3, 3])
        self.assertEqual(set(self.results(again)), {"sent"})

    # === CHOSEN WORDS === #

    def choose(self, kind):
        return self.env["mail.template"].create(
            {
                "name": "Chosen",
                "mailroom_kind": kind,
                "mailroom_company_id": self.company.id,
                "mailroom_subject": "Chosen {Number}",
                "mailroom_body": "<p>Chosen words</p>",
            }
        )

    def test_a_chosen_template_is_used(self):
        for kind in ("invoice", "payment_reminder", "message"):
            with self.subTest(kind=kind), self.env.cr.savepoint() as point:
                self.batch.template_id = self.choose(kind)
                line = self.line(self.batch, self.invoices[0])
                self.assertIn("Goes by itself", line.words)
                self.assertIn("Chosen words", line.preview)
                self.send_all()
                self.assertEqual(
                    sorted(mail["Subject"] for mail in self.mails),
                    sorted(f"Chosen {invoice.name}" for invoice in self.invoices),
                )
                self.mails.clear()
                point.rollback()

    def test_a_line_with_a_template_of_its_own_goes_alone(self):
        self.line(self.batch, self.invoices[0]).template_id = self.choose("invoice")
        self.send_all()
        subjects = {mail["Subject"]: mail for mail in self.mails}
        self.assertEqual(len(subjects[f"Chosen {self.invoices[0].name}"].files), 1)
        self.assertEqual(self.files_to(self.one.email), [1, 2])

    def test_lines_show_what_left(self):
        self.send_all()
        (mail,) = (m for m in self.mails if m.recipient == self.one.email)
        for invoice in self.invoices - self.invoices[1]:
            line = self.line(self.batch, invoice)
            self.assertEqual(line.subject, mail["Subject"])
            self.assertEqual(line.sudo().template_id.mailroom_kind, "several")
