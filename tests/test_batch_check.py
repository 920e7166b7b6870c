from .common import MailroomCommon


class BatchCommon(MailroomCommon):
    """Batches of invoices of customers with an address each."""

    @classmethod
    def create_customers(cls, count, **values):
        """Create customers "Customer 1" … with an address each."""
        return cls.env["res.partner"].create(
            [
                {
                    "name": f"Customer {number}",
                    "is_company": True,
                    "email": f"customer{number}@kund.test",
                    "lang": "en_US",
                    **values,
                }
                for number in range(1, count + 1)
            ]
        )


class TestBatchCheck(BatchCommon):
    def test_smoke(self):
        invoices = self.env["account.move"]
        for customer in self.create_customers(5):
            invoices |= self.create_invoice(partner_id=customer.id)
        action = self.as_user(invoices, self.biller).action_mailroom_send_selected()
        batch = self.as_user(self.env["mailroom.batch"].browse(action["res_id"]), self.biller)
        print(batch.state, batch.summary, [(l.light, l.words, l.recipients, l.selected) for l in batch.line_ids])
        batch.line_ids[0].selected = False
        batch.action_send()
        self.run_queue()
        print(batch.state, batch.summary, [(l.result, l.words, l.light, l.recipients) for l in batch.line_ids])
        self.assertEqual(len(self.mails), 4)
