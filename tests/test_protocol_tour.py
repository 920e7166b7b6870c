from odoo.tests import HttpCase, TransactionCase, tagged

from ..tools.pdf_text import page_texts
from .protocol_common import ProtocolCommon


@tagged("post_install", "-at_install")
class TestProtocolTour(HttpCase, ProtocolCommon):
    """From an order to the signed PDF in the customer's mail, in a real browser and
    with the real PDF program."""

    registry_test_mode = True

    def setUp(self):
        report = type(self.env["ir.actions.report"])
        original = report._pre_render_qweb_pdf
        super().setUp()

        def printer(reports, report_ref, res_ids=None, data=None):
            # In a test, Odoo prints HTML unless it is told otherwise.
            forced = reports.with_context(force_report_rendering=True)
            return original(forced, report_ref, res_ids=res_ids, data=data)

        self.patch(report, "_pre_render_qweb_pdf", printer)

    def run_queue_and_print(self):
        """Let the queue print; the PDF program fetches its styles from this server."""
        with TransactionCase.allow_pdf_render(self):
            self.run_queue()

    def pdf_of(self, mail):
        """Return the text of the only file of a mail."""
        (data,) = mail.files.values()
        return "\n".join(page_texts(data))

    def test_from_the_order_to_the_customers_mail(self):
        self.anna.lang = "sv_SE"
        self.option(self.anna, "ask")
        self.env["mailroom.checklist"].create(
            {
                "name": "Yearly service",
                "company_id": self.company.id,
                "line_ids": [(0, 0, {"name": "Läcksökning"})],
            }
        )
        order = self.create_order(confirmed=True)
        self.start_tour(
            f"/odoo/sale.order/{order.id}",
            "mailroom_protocol",
            login=self.sender.login,
        )
        protocol = self.env["mailroom.protocol"].search([("order_id", "=", order.id)])
        self.assertEqual(protocol.state, "done")
        self.assertTrue(protocol.signature)
        self.run_queue_and_print()
        (mail,) = self.mails
        self.assertEqual(mail.recipient, "anna@kund.test")
        self.assertIn("Serviceprotokoll", mail["Subject"])
        self.assertEqual(list(mail.files), [f"{protocol.name}.pdf"])
        text = self.pdf_of(mail)
        for words in (protocol.name, "Filtret", "Läcksökning", "Anna Ek"):
            self.assertIn(words, text)

    def test_the_customer_signs_on_the_page(self):
        protocol = self.create_protocol(done=True)
        protocol.sign_online = True
        self.start_tour(protocol.sudo().get_portal_url(), "mailroom_protocol_sign")
        protocol.invalidate_recordset()
        self.assertEqual(protocol.signed_by, "Bo Dahl")
        self.send(protocol, user=self.sender)
        self.run_queue_and_print()
        self.assertIn("Bo Dahl", self.pdf_of(self.mails[0]))
