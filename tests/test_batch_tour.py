from odoo.tests import HttpCase, tagged

from .batch_common import BatchCommon


@tagged("post_install", "-at_install")
class TestBatchTour(HttpCase, BatchCommon):
    """The month's end: 30 invoices of which 3 have a defect, in a real browser."""

    registry_test_mode = True

    def test_batch(self):
        invoices = self.create_invoices(30)
        invoices[3].partner_id.email = False
        invoices[7].partner_id.email = "customer8 at kund.test"
        self.server.refuse("customer12@kund.test", 550, "5.1.1 unknown user")
        self.start_tour(
            "/odoo/action-account.action_move_out_invoice_type",
            "mailroom_batch_send",
            login=self.biller.login,
        )
        self.assertFalse(self.mails, "nothing leaves in the click")
        batch = self.env["mailroom.batch"].search([("user_id", "=", self.biller.id)])
        self.run_queue()
        self.assertEqual(batch.summary, "27 sent, 3 not")
        self.assertEqual(len(self.mails), 27)
        self.start_tour(
            f"/odoo/mailroom-batches/{batch.id}",
            "mailroom_batch_retry",
            login=self.biller.login,
        )
        self.run_queue()
        self.assertEqual(batch.summary, "28 sent, 2 not")
        self.assertEqual(self.mails[-1].recipient, "mended@kund.test")
        self.assertEqual(len(self.mails), 28)

    def test_spreadsheet(self):
        invoices = self.create_invoices(2)
        invoices[0].partner_id.name = '=HYPERLINK("http://bad.test")'
        batch = self.make_batch(invoices)
        url = f"/mailroom/batch/{batch.id}.xlsx"
        self.authenticate(self.biller.login, self.biller.login)
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
        self.assertNotIn("formula", answer.headers["Content-Disposition"])
        other = self.create_user("other", "account.group_account_invoice")
        self.authenticate(other.login, other.login)
        self.assertEqual(self.url_open(url).status_code, 404)
