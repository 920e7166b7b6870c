from odoo.exceptions import AccessError

from .batch_common import BatchCommon


class TestBatchRights(BatchCommon):
    """A person sends what he may read, in companies he may use, and sees his own."""

    def test_each_company_through_its_own_account(self):
        biller = self.create_user(
            "both", "account.group_account_invoice", self.company | self.company_b
        )
        own = self.create_invoice(partner_id=self.create_customer(1).id)
        other = self.create_invoice(
            self.company_b, partner_id=self.create_customer(2).id
        )
        batch = self.make_batch(own | other, biller)
        batch.action_send()
        self.run_queue()
        senders = {mail.recipient: mail["From"] for mail in self.mails}
        self.assertIn("post@ahlberg.test", senders["customer1@kund.test"])
        self.assertIn("post@bjork.test", senders["customer2@kund.test"])
        with self.assertRaises(AccessError, msg="half of it is another company's"):
            self.as_user(batch, self.manager).read(["name"])

    def test_documents_of_another_company_cannot_be_selected(self):
        invoices = self.create_invoices(1)
        invoices |= self.create_invoice(self.company_b)
        with self.assertRaises(AccessError):
            self.make_batch(invoices)

    def test_somebody_elses_batch(self):
        batch = self.make_batch(self.create_invoices(2))
        other = self.create_user("other", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.as_user(batch, other).action_send()
        with self.assertRaises(AccessError):
            self.as_user(batch.line_ids, other).action_check()
        self.manager.group_ids += self.env.ref("account.group_account_invoice")
        self.as_user(batch, self.manager).action_send()
        self.run_queue()
        self.assertEqual(len(self.mails), 2, "a mail manager may")

    def test_rights_lost_in_the_meantime(self):
        """The queue sends with the rights that the sender has now."""
        batch = self.make_batch(self.create_invoices(2))
        batch.action_send()
        self.biller.group_ids -= self.env.ref("account.group_account_invoice")
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(self.results(batch), ["failed", "failed"])
