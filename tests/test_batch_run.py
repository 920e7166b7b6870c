from odoo.exceptions import UserError

from ..models.batch import mailroom_batch_check, mailroom_batch_step
from ..outbox import worker
from .batch_common import BatchCommon


class TestBatchRun(BatchCommon):
    """Sending a batch, stopping it, and what stands there afterwards (D7, D9, G4)."""

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

    # === STOP AND GO === #

    def test_pause_and_resume(self):
        """Not one message leaves after Pause, those in the outbox included."""
        self.patch(mailroom_batch_step, "BATCH_STEP", 2)
        batch = self.make_batch(self.create_invoices(4))
        batch.action_send()
        self.step(batch)
        self.assertEqual(self.results(batch).count("queued"), 2)
        batch.action_pause()
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertIn("is paused", batch.line_ids.sorted("id")[0].words)
        batch.action_resume()
        self.run_queue()
        self.assertEqual(len(self.mails), 4)
        self.assertEqual(batch.state, "done")

    def test_pause_stops_no_other_message(self):
        batch = self.make_batch(self.create_invoices(2))
        batch.action_send()
        self.step(batch)
        batch.action_pause()
        self.send(self.create_invoice(partner_id=self.create_customer(9).id))
        self.run_queue()
        self.assertEqual(self.addresses, ["customer9@kund.test"])

    def test_cancel(self):
        self.patch(mailroom_batch_step, "BATCH_STEP", 2)
        invoices = self.create_invoices(4)
        batch = self.make_batch(invoices)
        batch.action_send()
        self.step(batch)
        batch.action_cancel()
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(set(self.results(batch)), {"cancelled"})
        self.assertEqual(set(invoices.mapped("mailroom_state")), {"not_sent"})
        with self.assertRaises(UserError):
            batch.action_resume()
        self.line(batch, invoices[0]).action_retry()
        self.run_queue()
        self.assertEqual(self.addresses, ["customer1@kund.test"], "he alone, after all")

    def test_cancelled_says_why_and_tells(self):
        self.patch(mailroom_batch_step, "BATCH_STEP", 2)
        invoices = self.create_invoices(4)
        batch = self.make_batch(invoices)
        self.line(batch, invoices[3]).selected = False
        batch.action_send()
        self.step(batch)
        self.step(batch)
        row = self.deliveries(invoices[0])["customer1@kund.test"]
        row.write({"state": "sent", "stale": True})
        self.as_user(batch, self.manager).action_cancel()
        self.run_queue()
        self.assertEqual(batch.summary, "1 sent, 3 skipped")
        self.assertIn("Cancelled", self.line(batch, invoices[1]).words)
        self.assertIn("nobody ticked it", self.line(batch, invoices[3]).words)
        self.assertEqual(self.notices(batch).mapped("subject"), [
            f"{batch.name}: 1 sent, 3 skipped"
        ])
        told = batch.sudo().message_ids.mapped("preview")
        self.assertIn("1 sent, 3 skipped", told)

    def test_what_never_started_is_cancelled_in_silence(self):
        batch = self.make_batch(self.create_invoices(2))
        batch.action_cancel()
        self.run_queue()
        self.assertTrue(batch.finished_at)
        self.assertFalse(self.notices(batch))

    def test_what_waits_can_be_cancelled(self):
        """A greylisted message waits longer than its batch lasts."""
        invoices = self.create_invoices(2)
        self.server.refuse("customer1@kund.test", 451, "4.7.1 greylisted", times=9)
        batch = self.make_batch(invoices)
        batch.action_send()
        self.run_queue()
        self.assertEqual(batch.state, "done")
        self.assertEqual(self.results(batch), ["waiting", "sent"])
        batch.action_cancel()
        self.let_time_pass(hours=5)
        self.run_queue()
        self.assertEqual(self.results(batch), ["cancelled", "sent"])
        self.assertEqual(batch.state, "cancelled")
        self.assertTrue(batch.finished_at)
        self.assertEqual(self.addresses, ["customer2@kund.test"])
        with self.assertRaises(UserError):
            batch.action_cancel()

    def test_nothing_waits_nothing_to_cancel(self):
        batch = self.make_batch(self.create_invoices(2))
        batch.action_send()
        self.run_queue()
        with self.assertRaises(UserError):
            batch.action_cancel()

    # === ONE BESIDE THE OTHER === #

    def test_batches_take_turns(self):
        self.patch(mailroom_batch_step, "BATCH_STEP", 1)
        first = self.make_batch(self.create_invoices(3))
        second = self.make_batch(self.create_invoices(3)[1:])
        first.action_send()
        second.action_send()
        last, turns = 0, []
        for _turn in range(4):
            handled, last = self.env["mailroom.batch"]._advance(last)
            turns.append((handled, last))
        self.assertEqual(turns, [(1, first.id), (1, second.id)] * 2)

    def test_who_waits_to_see_his_lines_comes_first(self):
        first = self.make_batch(self.create_invoices(2))
        first.action_send()
        self.patch(mailroom_batch_check, "BATCH_AT_ONCE", 1)
        second = self.make_batch(self.create_invoices(2))
        handled, last = self.env["mailroom.batch"]._advance()
        self.assertEqual((handled, last), (2, second.id))
        self.assertEqual(self.results(first), ["todo", "todo"])

    def test_a_batch_that_cannot_go_on_stops_no_other(self):
        batches = self.env.registry["mailroom.batch"]
        step = batches._step
        first = self.make_batch(self.create_invoices(2))
        second = self.make_batch(self.create_invoices(3)[1:])

        def fail_for_the_first(batch):
            if batch.id == first.id:
                raise ZeroDivisionError
            return step(batch)

        self.patch(batches, "_step", fail_for_the_first)
        first.action_send()
        second.action_send()
        with self.assertLogs("odoo.addons.mailroom.models.batch", "ERROR"):
            self.run_queue()
        self.assertEqual(self.results(first), ["todo", "todo"])
        self.assertEqual(self.results(second), ["sent", "sent"])

    def test_what_has_left_is_seen_while_the_rest_leaves(self):
        self.patch(worker, "TELL_SECONDS", 0)
        batch = self.make_batch(self.create_invoices(3))
        seen = []

        def look(_recipient):
            self.env.invalidate_all(flush=False)
            seen.append(self.results(batch).count("sent"))

        self.server.before_reply = look
        batch.action_send()
        self.run_queue()
        self.assertEqual(seen, [0, 1, 2])

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

    def notices(self, batch):
        """Return what the biller was told about a batch."""
        return self.env["mail.message"].search(
            [
                ("model", "=", "mailroom.batch"),
                ("res_id", "=", batch.id),
                ("partner_ids", "in", self.biller.partner_id.ids),
            ]
        )

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
