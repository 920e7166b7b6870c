from odoo.exceptions import AccessError, UserError

from ..models.batch import mailroom_batch_check
from .batch_common import BatchCommon


class TestBatchCheck(BatchCommon):
    """Every message is seen before anything leaves (G3)."""

    def test_nothing_wrong(self):
        invoices = self.create_invoices(3)
        batch = self.make_batch(invoices)
        self.assertEqual(batch.state, "ready")
        self.assertEqual(batch.summary, "3 will go, 0 need a look, 0 cannot")
        line = self.line(batch, invoices[1])
        self.assertEqual(line.light, "green")
        self.assertEqual(line.recipients, "customer2@kund.test")
        self.assertEqual(line.subject, f"Invoice {invoices[1].name}")
        self.assertEqual(line.channel, "Email")
        self.assertEqual(line.lang, "en_US")
        self.assertIn("post@ahlberg.test", line.account_name)
        self.assertIn(invoices[1].name.replace("/", "_"), line.file_names)
        self.assertIn("Dear Customer 2", line.preview)
        self.assertFalse(self.dispatches(invoices[1]), "looking sends nothing")

    def test_no_address(self):
        invoices = self.create_invoices(2)
        invoices[0].partner_id.email = False
        batch = self.make_batch(invoices)
        self.assertIn(
            "no email address", self.problem(batch, invoices[0], "no_address")
        )
        self.assertEqual(batch.summary, "1 will go, 0 need a look, 1 cannot")

    def test_unusable_address(self):
        invoices = self.create_invoices(2)
        invoices[0].partner_id.email = "customer1 at kund.test"
        batch = self.make_batch(invoices)
        words = self.problem(batch, invoices[0], "bad_address")
        self.assertIn("customer1 at kund.test", words)

    def test_not_posted(self):
        invoices = self.create_invoices(2)
        draft = self.create_invoice(posted=False, partner_id=self.create_customer(9).id)
        batch = self.make_batch(invoices | draft)
        self.assertEqual(self.line(batch, draft).light, "red")
        self.assertIn("posted", self.line(batch, draft).words)

    def test_no_account(self):
        self.account.active = False
        invoices = self.create_invoices(2)
        batch = self.make_batch(invoices)
        self.assertIn("no sender", self.problem(batch, invoices[0], "no_account"))
        with self.assertRaises(UserError, msg="nothing would leave"):
            batch.action_send()

    def test_empty_tag(self):
        template = self.env["mail.template"].search(
            [("name", "=", "invoice Ahlberg Service")]
        )
        template.mailroom_body = "<p>Your reference: {CustomerReference}</p>"
        invoices = self.create_invoices(2)
        invoices[1].ref = "PO 17"
        batch = self.make_batch(invoices)
        words = self.problem(batch, invoices[0], "empty_tag")
        self.assertIn("{CustomerReference}", words)
        self.assertEqual(self.line(batch, invoices[1]).light, "green")

    def test_missing_pdf(self):
        invoices = self.create_invoices(2)
        self.send(invoices[0])
        self.run_queue()
        pdf = invoices[0].invoice_pdf_report_id.sudo()
        self.assertTrue(pdf.store_fname)
        pdf._write({"store_fname": "00/lost"})
        pdf.invalidate_recordset()
        batch = self.make_batch(invoices)
        line = self.line(batch, invoices[0])
        self.assertEqual(line.light, "red")
        self.assertIn("missing from the store", line.words)

    def test_language_without_template(self):
        self.env["mail.template"].search(
            [("mailroom_shipped", "!=", False)]
        ).active = False
        invoices = self.create_invoices(2)
        invoices[0].partner_id.lang = "fr_FR"
        invoices[0].invoice_lang = "fr_FR"
        batch = self.make_batch(invoices)
        self.assertIn("French", self.problem(batch, invoices[0], "no_language"))
        self.assertEqual(self.line(batch, invoices[0]).light, "amber")

    def test_mail_came_back(self):
        invoices = self.create_invoices(2)
        customer = invoices[0].partner_id
        earlier = self.create_invoice(partner_id=customer.id)
        self.server.refuse(customer.email, 550, "5.1.1 unknown user")
        self.send(earlier)
        self.run_queue()
        batch = self.make_batch(invoices)
        self.assertIn(customer.email, self.problem(batch, invoices[0], "returned"))
        later = self.create_invoice(partner_id=customer.id)
        self.send(later)
        self.run_queue()
        batch.action_check()
        self.assertEqual(self.line(batch, invoices[0]).light, "green", "it works again")

    def test_large_files(self):
        invoices = self.create_invoices(2)
        template = self.env["mail.template"].search(
            [("name", "=", "invoice Ahlberg Service")]
        )
        template.attachment_ids = self.env["ir.attachment"].create(
            {"name": "catalogue.pdf", "raw": b"x" * 11 * 2**20}
        )
        batch = self.make_batch(invoices)
        self.assertIn("11 MB", self.problem(batch, invoices[0], "large"))

    def test_one_customer_gets_several(self):
        invoices = self.create_invoices(2)
        invoices |= self.create_invoice(partner_id=invoices[0].partner_id.id)
        batch = self.make_batch(invoices)
        self.assertEqual(self.line(batch, invoices[0]).light, "amber")
        self.assertIn("2 mails", self.line(batch, invoices[0]).words)
        self.assertEqual(self.line(batch, invoices[1]).light, "green")
        batch.one_mail = True
        self.assertEqual(set(self.lights(batch).values()), {"green"})

    # === MANY === #

    def test_many_are_looked_at_in_the_queue(self):
        self.patch(mailroom_batch_check, "BATCH_AT_ONCE", 2)
        self.patch(mailroom_batch_check, "BATCH_CHECK", 2)
        batch = self.make_batch(self.create_invoices(5))
        self.assertEqual(batch.state, "checking")
        self.assertEqual(batch.summary, "0 of 5 looked at")
        with self.assertRaises(UserError, msg="not seen yet"):
            batch.action_send()
        self.run_queue()
        self.assertEqual(batch.state, "ready")
        self.assertEqual(batch.summary, "5 will go, 0 need a look, 0 cannot")
        self.assertFalse(self.mails)

    def test_queries_do_not_grow_with_the_invoices(self):
        self.compare_queries(self.create_invoices, self.biller)

    def test_queries_do_not_grow_with_the_orders(self):
        def create_orders(count):
            orders = self.env["sale.order"]
            for number in range(count):
                customer = self.create_customer(number).id
                orders |= self.create_order(
                    partner_id=customer,
                    partner_invoice_id=customer,
                    partner_shipping_id=customer,
                )
            return orders

        self.compare_queries(create_orders, self.sender)

    def compare_queries(self, create, user):
        """Look at few documents and at many, and compare the queries that takes."""
        counts = []
        for size in (4, 40):
            batch = self.make_batch(create(size), user)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch.action_check()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 5, counts)

    def test_one_document_opens_the_dialog(self):
        (invoice,) = self.as_user(self.create_invoices(1), self.biller)
        action = invoice.action_mailroom_send_selected()
        self.assertEqual(action["res_model"], "mailroom.send")

    def test_orders(self):
        orders = self.create_order(confirmed=True) | self.create_order()
        batch = self.make_batch(orders, self.sender)
        self.assertEqual(batch.line_count, 2)
        self.assertEqual(batch.leave_count, 2)

    # === WHO MAY === #

    def test_not_a_sender(self):
        invoices = self.create_invoices(2)
        stranger = self.create_user("stranger", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            self.as_user(invoices, stranger).action_mailroom_send_selected()

    def test_state_is_not_written_by_hand(self):
        batch = self.make_batch(self.create_invoices(2))
        with self.assertRaises(AccessError):
            batch.state = "done"
        with self.assertRaises(AccessError):
            batch.line_ids[0].result = "sent"
        with self.assertRaises(AccessError):
            batch.line_ids[0].res_id = 1
