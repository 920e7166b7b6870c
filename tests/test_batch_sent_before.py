from .batch_common import BatchCommon


class TestBatchSentBefore(BatchCommon):
    """What was sent before is judged by what became of it, and goes again only when
    somebody who knows of it says so (R11)."""

    def test_sent_before_is_left_out(self):
        """Nobody gets the same invoice twice by selecting too much."""
        invoices = self.create_invoices(2)
        self.send(invoices[0])
        self.run_queue()
        batch = self.make_batch(invoices)
        self.assertIn("Biller", self.problem(batch, invoices[0], "sent_before"))
        self.assertFalse(self.line(batch, invoices[0]).selected)
        batch.action_send()
        self.run_queue()
        self.assertEqual(self.addresses, ["customer1@kund.test", "customer2@kund.test"])

    def test_sent_before_goes_when_it_is_ticked(self):
        invoices = self.create_invoices(2)
        self.send(invoices[0])
        self.run_queue()
        batch = self.make_batch(invoices)
        self.line(batch, invoices[0]).selected = True
        batch.action_send()
        self.run_queue()
        self.assertEqual(self.addresses.count("customer1@kund.test"), 2)
        self.assertEqual(self.results(batch), ["sent", "sent"])

    def sent_with(self, trouble):
        """Return a batch with an invoice sent before, with trouble, and another."""
        invoices = self.create_invoices(2)
        trouble(invoices[0].partner_id.email)
        self.send(invoices[0])
        self.run_queue()
        batch = self.make_batch(invoices)
        return batch, self.line(batch, invoices[0])

    def refuse(self, code, text):
        return lambda address: self.server.refuse(address, code, text)

    def test_what_did_not_arrive_goes_again(self):
        batch, line = self.sent_with(self.refuse(550, "5.1.1 unknown user"))
        self.assertTrue(line.selected)
        self.assertIn("did not arrive; it goes again", line.words)
        batch.action_send()
        self.run_queue()
        self.assertEqual(self.results(batch), ["sent", "sent"])
        self.assertEqual(self.addresses, ["customer1@kund.test", "customer2@kund.test"])

    def test_what_has_not_left_yet_is_not_sent_beside(self):
        batch, line = self.sent_with(self.refuse(450, "4.2.0 try again"))
        self.assertEqual(line.light, "red")
        self.assertIn("has not left yet", line.words)
        batch.action_send()
        self.let_time_pass(hours=1)
        self.run_queue()
        self.assertEqual(self.addresses, ["customer1@kund.test", "customer2@kund.test"])

    def test_what_is_unsure_is_left_out_and_called_so(self):
        _batch, line = self.sent_with(self.server.lose)
        self.assertFalse(line.selected)
        self.assertIn("Nobody knows whether the message", line.words)

    # === WHO HAS TICKED === #

    def test_what_a_colleague_has_sent_meanwhile_is_unticked(self):
        invoices = self.create_invoices(2)
        batch, theirs = self.make_batch(invoices), self.make_batch(invoices)
        self.line(theirs, invoices[1]).selected = False
        line = self.line(batch, invoices[0])
        line.selected = False
        line.selected = True
        theirs.action_send()
        self.run_queue()
        batch.action_check()
        self.assertFalse(line.selected)
        batch.action_send()
        self.run_queue()
        self.assertEqual(self.addresses, ["customer1@kund.test", "customer2@kund.test"])

    def test_what_a_person_has_ticked_stays_ticked(self):
        invoices = self.create_invoices(2)
        self.send(invoices[0])
        self.run_queue()
        batch = self.make_batch(invoices)
        line, other = (self.line(batch, invoice) for invoice in invoices)
        line.selected, other.selected = True, False
        batch.action_check()
        self.assertTrue(line.selected)
        self.assertFalse(other.selected)

    def test_a_reminder_of_what_was_sent_is_ticked(self):
        invoices = self.create_invoices(2)
        self.send(invoices[0])
        self.run_queue()
        batch = self.make_batch(invoices)
        self.assertFalse(self.line(batch, invoices[0]).selected)
        batch.template_id = self.env["mail.template"].create(
            {
                "name": "Reminder",
                "mailroom_kind": "payment_reminder",
                "mailroom_subject": "Reminder {Number}",
            }
        )
        self.assertTrue(self.line(batch, invoices[0]).selected)

    def test_changed_since(self):
        invoices = self.create_invoices(2)
        self.send(invoices[0])
        self.run_queue()
        invoices[0].payment_reference = "another"
        batch = self.make_batch(invoices)
        self.problem(batch, invoices[0], "changed")
        self.assertTrue(self.line(batch, invoices[0]).selected)
