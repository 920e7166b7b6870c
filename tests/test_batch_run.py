from odoo.exceptions import UserError

from ..models.batch import mailroom_batch_step
from .batch_common import BatchCommon


class TestBatchRun(BatchCommon):
    """Sending a batch, and what stands there afterwards (D7, D9, G4)."""

    def test_send(self):
        invoices = self.create_invoices(4)
        batch = self.make_batch(invoices)
        self.line(batch, invoices[2]).selected = False
        batch.action_send()
        self.assertFalse(self.mails, "nothing leaves in the click")
        self.run_queue()
        self.assertEqual(batch.state, "done")
        self.assertEqual(batch.summary, "3 sent, 1 skipped")
        self.assertEqual(self.results(batch), ["sent", "sent", "skipped", "sent"])
        self.assertEqual(invoices.mapped("mailroom_state").count("sent"), 3)
        dispatch = self.dispatches(invoices[0])
        self.assertEqual(dispatch.origin, "batch")
        self.assertEqual(dispatch.batch_id.id, batch.id)
        self.assertEqual(dispatch.user_id, self.biller)

    def test_each_pdf_belongs_to_its_document(self):
        invoices = self.create_invoices(5)
        self.make_batch(invoices).action_send()
        self.run_queue()
        for mail in self.mails:
            number = mail["Subject"].removeprefix("Invoice ")
            invoice = invoices.filtered(lambda i, n=number: i.name == n)
            self.assertEqual(mail.recipient, invoice.partner_id.email)
            self.assertEqual(list(mail.files), [invoice._mailroom_file_name()])

    def test_defects_are_told_and_stop_nobody(self):
        """No address, a PDF that cannot be made, a refused mailbox: three reasons."""
        invoices = self.create_invoices(6)
        invoices[0].partner_id.email = False
        self.printer.broken.add(invoices[1].name)
        self.server.refuse("customer3@kund.test", 550, "5.1.1 unknown user")
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        self.assertEqual(batch.summary, "3 sent, 3 not")
        self.assertIn("no email address", self.line(batch, invoices[0]).words)
        self.assertIn("PDF could not be made", self.line(batch, invoices[1]).words)
        self.assertIn("does not exist", self.line(batch, invoices[2]).words)
        self.assertEqual(len(batch.failed_line_ids), 3)

    def test_retry_touches_only_what_failed(self):
        invoices = self.create_invoices(4)
        invoices[0].partner_id.email = False
        self.server.refuse("customer2@kund.test", 550, "5.1.1 unknown user")
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        self.assertEqual(batch.summary, "2 sent, 2 not")
        invoices[0].partner_id.email = "mended@kund.test"
        batch.action_retry_failed()
        self.run_queue()
        self.assertEqual(batch.state, "done")
        self.assertEqual(batch.summary, "4 sent")
        self.assertEqual(
            self.addresses,
            [f"customer{n}@kund.test" for n in (2, 3, 4)] + ["mended@kund.test"],
        )

    def test_retry_one_alone(self):
        invoices = self.create_invoices(3)
        invoices[:2].partner_id.email = False
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        invoices[:2].partner_id.email = "mended@kund.test"
        self.line(batch, invoices[0]).action_retry()
        self.run_queue()
        self.assertEqual(self.results(batch), ["sent", "failed", "sent"])

    def test_retry_to_the_new_address(self):
        """Who changed the address of the customer wants the new one to be used."""
        invoices = self.create_invoices(2)
        self.server.refuse("customer1@kund.test", 550, "5.1.1 unknown user")
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        invoices[0].partner_id.email = "new@kund.test"
        batch.action_retry_failed()
        self.run_queue()
        self.assertEqual(self.addresses, ["customer2@kund.test", "new@kund.test"])
        self.assertEqual(invoices[0].mailroom_state, "sent")

    def test_retry_leaves_in_peace_who_has_it(self):
        invoices = self.create_invoices(2)
        batch = self.make_batch(invoices)
        self.line(batch, invoices[0]).recipients = "a@kund.test, b@kund.test"
        self.server.refuse("b@kund.test", 550, "5.1.1 unknown user")
        batch.action_send()
        self.run_queue()
        self.assertEqual(self.results(batch), ["failed", "sent"])
        batch.action_retry_failed()
        self.run_queue()
        self.assertEqual(
            self.addresses, ["a@kund.test", "b@kund.test", "customer2@kund.test"]
        )
        self.assertEqual(self.results(batch), ["sent", "sent"])
        self.assertEqual(len(self.dispatches(invoices[0])), 1, "the very same message")

    def test_double_press(self):
        batch = self.make_batch(self.create_invoices(2))
        batch.action_send()
        with self.assertRaises(UserError):
            batch.action_send()
        self.run_queue()
        with self.assertRaises(UserError):
            batch.action_send()
        self.run_queue()
        self.assertEqual(len(self.mails), 2)

    def test_two_batches_of_the_same_documents(self):
        """The second finds everything on its way and says so."""
        invoices = self.create_invoices(2)
        first, second = self.make_batch(invoices), self.make_batch(invoices)
        first.action_send()
        second.action_send()
        self.run_queue()
        self.assertEqual(len(self.mails), 2)
        self.assertEqual(self.results(second), ["failed", "failed"])
        self.assertIn("second time", second.line_ids[0].words)

    def test_recipients_changed_after_the_look(self):
        """What nobody has seen does not leave."""
        invoices = self.create_invoices(2)
        batch = self.make_batch(invoices)
        invoices[0].partner_id.email = "other@kund.test"
        batch.action_send()
        self.run_queue()
        self.assertEqual(self.addresses, ["customer2@kund.test"])
        self.assertIn("other@kund.test", self.line(batch, invoices[0]).words)

    # === CRASHES === #

    def test_goes_on_after_a_crash(self):
        """A step that dies leaves its lines as they were, and nobody gets it twice."""
        self.patch(mailroom_batch_step, "BATCH_STEP", 2)
        batch = self.make_batch(self.create_invoices(5))
        batch.action_send()
        self.step(batch)
        dispatches = self.env.registry["mailroom.dispatch"]

        def die(*_args):
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt), self.env.cr.savepoint():
            self.patch(dispatches, "_after_queued", die)
            self.step(batch)
        self.patch(dispatches, "_after_queued", lambda *_args: None)
        self.env.invalidate_all()
        self.assertEqual(self.results(batch).count("todo"), 3)
        self.run_queue()
        self.assertEqual(
            self.addresses, [f"customer{n}@kund.test" for n in range(1, 6)]
        )
        self.assertEqual(batch.summary, "5 sent")

    def test_uncertain_is_not_retried(self):
        invoices = self.create_invoices(2)
        self.server.lose("customer1@kund.test")
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        self.let_time_pass(hours=1)
        self.run_queue()
        self.assertEqual(batch.summary, "1 sent, 1 unsure")
        with self.assertRaises(UserError):
            batch.action_retry_failed()

    # === AFTERWARDS === #

    def test_who_pressed_is_told(self):
        invoices = self.create_invoices(3)
        invoices[0].partner_id.email = False
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        self.assertEqual(len(self.notices(batch)), 1)
        self.assertIn("2 sent, 1 not", self.notices(batch).subject)

    def test_spreadsheet(self):
        invoices = self.create_invoices(2)
        invoices[0].partner_id.email = False
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        head, *rows = batch._export_rows()
        self.assertEqual(len(rows), 2)
        cells = dict(zip(head, rows[0], strict=True))
        self.assertEqual(cells["Document"], invoices[0].name)
        self.assertEqual(cells["Result"], "Not sent")
        self.assertIn("no email address", cells["Why"])

    def test_document_names_its_batch(self):
        invoices = self.create_invoices(2)
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        status = self.as_user(invoices[0], self.biller).mailroom_get_status()
        self.assertEqual(
            status["messages"][0]["batch"], {"id": batch.id, "name": batch.name}
        )
        other = self.create_user("other", "account.group_account_invoice")
        status = self.as_user(invoices[0], other).mailroom_get_status()
        self.assertFalse(status["messages"][0]["batch"], "he may not open it")
