from odoo.exceptions import AccessError

from .batch_common import BatchCommon


class TestBatchRetry(BatchCommon):
    """Trying again what failed: nobody gets it twice, and it always comes to an end."""

    def setUp(self):
        super().setUp()
        self.invoices = self.create_invoices(2)
        self.batch = self.make_batch(self.invoices)
        self.first = self.line(self.batch, self.invoices[0])

    def send_all(self, *refused):
        """Send the batch; the server refuses some addresses once."""
        for address in refused:
            self.server.refuse(address, 550, "5.1.1 unknown user")
        self.batch.action_send()
        self.run_queue()

    def retry(self):
        self.batch.action_retry_failed()
        self.run_queue()
        self.assertEqual(self.batch.state, "done")

    def mails_to(self, address):
        return self.addresses.count(address)

    def test_who_was_taken_out_holds_nobody_up(self):
        """The only one left has it already: the line ends, and so do other batches."""
        self.first.recipients = "a@kund.test, b@kund.test"
        self.send_all("b@kund.test")
        self.first.recipients = "a@kund.test"
        self.invoices[0].payment_reference = "another"
        self.batch.action_retry_failed()
        later = self.make_batch(self.create_invoices(3)[1:])
        later.action_send()
        self.run_queue()
        self.assertEqual(self.batch.state, "done")
        self.assertEqual(self.results(self.batch), ["sent", "sent"])
        self.assertEqual(self.mails_to("a@kund.test"), 1)
        self.assertFalse(self.mails_to("b@kund.test"))
        self.assertEqual(self.results(later), ["sent", "sent"])

    def test_who_was_taken_out_gets_nothing(self):
        self.first.recipients = "a@kund.test, b@kund.test"
        self.send_all("a@kund.test", "b@kund.test")
        self.first.recipients = "b@kund.test"
        self.retry()
        self.assertEqual(self.results(self.batch), ["sent", "sent"])
        self.assertFalse(self.mails_to("a@kund.test"))
        self.assertEqual(self.mails_to("b@kund.test"), 1)

    def test_who_got_it_from_elsewhere_does_not_get_it_again(self):
        self.send_all("customer1@kund.test")
        self.invoices[0].partner_id.email = "new@kund.test"
        self.send(self.invoices[0])
        self.run_queue()
        self.retry()
        self.assertEqual(self.mails_to("new@kund.test"), 1)
        self.assertEqual(self.results(self.batch), ["skipped", "sent"])
        self.assertIn("new@kund.test has it", self.first.words)

    def test_who_is_about_to_get_it_from_elsewhere_does_not_get_it_twice(self):
        """The others of the line do."""
        self.first.recipients = "a@kund.test, b@kund.test"
        self.send_all("a@kund.test", "b@kund.test")
        nobody = self.env["res.partner"]
        self.send(self.invoices[0], to=nobody, other_addresses="a@kund.test")
        self.retry()
        self.assertEqual(self.mails_to("a@kund.test"), 1)
        self.assertEqual(self.mails_to("b@kund.test"), 1)
        self.assertEqual(self.results(self.batch), ["sent", "sent"])

    def test_a_new_version_goes_although_the_old_one_arrived_from_elsewhere(self):
        self.send_all("customer1@kund.test")
        self.send(self.invoices[0])
        self.run_queue()
        self.invoices[0].payment_reference = "another"
        self.retry()
        self.assertEqual(self.mails_to("customer1@kund.test"), 2)
        self.assertEqual(self.results(self.batch), ["sent", "sent"])

    def test_who_has_it_is_left_in_peace_however_often(self):
        self.first.recipients = "a@kund.test, b@kund.test"
        self.send_all("b@kund.test")
        self.invoices[0].payment_reference = "another"
        self.server.refuse("b@kund.test", 550, "5.1.1 unknown user")
        self.retry()
        self.assertEqual(self.results(self.batch), ["failed", "sent"])
        self.retry()
        self.assertEqual(self.results(self.batch), ["sent", "sent"])
        self.assertEqual(self.mails_to("a@kund.test"), 1)
        self.assertEqual(self.mails_to("b@kund.test"), 1)

    def test_refused_here_and_elsewhere_goes_after_all(self):
        self.send_all("customer1@kund.test")
        self.invoices[0].partner_id.email = "new@kund.test"
        self.server.refuse("new@kund.test", 550, "5.1.1 unknown user")
        self.send(self.invoices[0])
        self.run_queue()
        self.retry()
        self.assertEqual(self.results(self.batch), ["sent", "sent"])
        self.assertEqual(self.mails_to("new@kund.test"), 1)

    def test_the_result_names_the_address_it_went_to(self):
        self.invoices[1].partner_id.email = False
        self.first.action_check()
        self.line(self.batch, self.invoices[1]).action_check()
        self.send_all("customer1@kund.test")
        self.invoices[0].partner_id.email = "new1@kund.test"
        self.invoices[1].partner_id.email = "new2@kund.test"
        self.retry()
        head, *rows = self.batch._export_rows()
        cells = [dict(zip(head, row, strict=True)) for row in rows]
        self.assertEqual(
            [cell["To"] for cell in cells], ["new1@kund.test", "new2@kund.test"]
        )
        self.assertEqual([cell["Light"] for cell in cells], ["Ready", "Ready"])

    def test_whose_batch_it_is_stays_when_somebody_else_tries_again(self):
        self.send_all("customer1@kund.test")
        self.manager.group_ids += self.env.ref("account.group_account_invoice")
        self.as_user(self.batch, self.manager).action_retry_failed()
        self.run_queue()
        self.assertEqual(self.dispatches(self.invoices[0])[:1].batch_id, self.batch)
        self.assertEqual(self.batch.acting_user_id, self.manager)
        self.assertEqual(self.batch.user_id, self.biller)
        self.assertEqual(self.as_user(self.batch, self.biller).summary, "2 sent")
        other = self.create_user("other", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.as_user(self.batch, other).read(["summary"])

    def test_what_somebody_else_tries_again_leaves_with_his_rights(self):
        self.invoices[0].partner_id.email = False
        self.first.action_check()
        self.send_all()
        self.invoices[0].partner_id.email = "new@kund.test"
        self.manager.group_ids += self.env.ref("account.group_account_invoice")
        self.as_user(self.batch, self.manager).action_retry_failed()
        self.biller.group_ids -= self.env.ref("account.group_account_invoice")
        self.run_queue()
        self.assertEqual(self.mails_to("new@kund.test"), 1)
        self.assertEqual(self.dispatches(self.invoices[0]).user_id, self.manager)
