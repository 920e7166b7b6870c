"""What the tests of batches share."""

from .common import MailroomCommon


class BatchCommon(MailroomCommon):
    """Invoices of customers with an address each, sent together by the biller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.template"].create(
            [
                {
                    "name": f"{kind} {company.name}",
                    "mailroom_kind": kind,
                    "mailroom_lang_id": cls.env.ref("base.lang_en").id,
                    "mailroom_company_id": company.id,
                    "mailroom_subject": f"{word} {{Number}}",
                    "mailroom_body": "<p>Dear {Customer.Name}</p>",
                }
                for company in (cls.company, cls.company_b)
                for kind, word in (("invoice", "Invoice"), ("order", "Order"))
            ]
        )

    @classmethod
    def create_customer(cls, number, **values):
        """Create "Customer 7" with the address customer7@kund.test."""
        return cls.env["res.partner"].create(
            {
                "name": f"Customer {number}",
                "is_company": True,
                "email": f"customer{number}@kund.test",
                "lang": "en_US",
                **values,
            }
        )

    @classmethod
    def create_invoices(cls, count, **values):
        """Create posted invoices of customers of their own."""
        invoices = cls.env["account.move"]
        for number in range(1, count + 1):
            customer = cls.create_customer(number)
            invoices |= cls.create_invoice(partner_id=customer.id, **values)
        return invoices

    def make_batch(self, documents, user=None):
        """Select documents in the list and choose "Send with Mailroom".

        :return: the batch, as the user sees it
        """
        selected = self.as_user(documents, user or self.biller)
        action = selected.action_mailroom_send_selected()
        self.assertEqual(action["res_model"], "mailroom.batch")
        return selected.env["mailroom.batch"].browse(action["res_id"])

    def line(self, batch, document):
        """Return the line of a document."""
        return batch.line_ids.filtered(lambda line: line.res_id == document.id)

    def problem(self, batch, document, code):
        """Return the sentence about a document, checking that it is the one meant."""
        line = self.line(batch, document)
        codes = [problem["code"] for problem in line.problems]
        self.assertEqual(codes, [code], line.words)
        return line.words

    def lights(self, batch):
        """Return ``{document: light}``."""
        return {line.document_name: line.light for line in batch.line_ids}

    def results(self, batch):
        """Return the results in the order of the documents."""
        batch.invalidate_recordset()
        return batch.sudo().line_ids.sorted("id").mapped("result")

    def step(self, batch):
        """Let the queue put some lines into the outbox, and nothing more."""
        return batch.sudo()._step()

    def notices(self, batch):
        """Return what the biller was told about a batch."""
        return self.env["mail.message"].search(
            [
                ("model", "=", "mailroom.batch"),
                ("res_id", "=", batch.id),
                ("partner_ids", "in", self.biller.partner_id.ids),
            ]
        )

    @property
    def addresses(self):
        """Whom the server has taken a mail for, sorted."""
        return sorted(mail.recipient for mail in self.mails)
