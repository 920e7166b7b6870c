from odoo.exceptions import UserError

from ..models.batch import mailroom_batch_check, mailroom_batch_step
from ..outbox import worker
from .batch_common import BatchCommon


class TestBatchStop(BatchCommon):
    """Pausing a batch, taking it back, and several of them side by side (D9)."""

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
        self.assertEqual(
            self.notices(batch).mapped("subject"), [f"{batch.name}: 1 sent, 3 skipped"]
        )
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
