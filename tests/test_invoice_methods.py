from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestInvoiceMethods(MailroomCommon):
    """E-invoices and other sending methods, chosen in the same dialog."""

    def test_the_pdf_is_made_once_and_kept_as_the_invoices_own(self):
        invoice = self.create_invoice()
        self.send(invoice)
        self.assertFalse(invoice.invoice_pdf_report_id)
        self.run_queue()
        own = invoice.invoice_pdf_report_id
        self.assertTrue(own)
        self.send(invoice)
        self.run_queue()
        self.assertEqual(invoice.invoice_pdf_report_id, own)
        self.assertEqual([n for n, _lang in self.printer.printed], [invoice.name])
        (name,) = self.mails[0].files
        self.assertRegex(name, "INV.2026.00001.*pdf$")

    def test_a_credit_note_goes_the_same_way(self):
        refund = self.create_invoice(move_type="out_refund")
        dispatch = self.send(refund)
        self.assertEqual(dispatch.kind, "credit_note")
        self.run_queue()
        self.assertEqual(refund.mailroom_state, "sent")

    def test_without_mail_among_the_methods_no_mail_leaves(self):
        invoice = self.create_invoice()
        dialog = self.open_dialog(invoice)
        self.assertTrue(dialog.by_email)
        methods = dialog.sending_method_checkboxes
        methods["email"]["checked"] = False
        dialog.sending_method_checkboxes = methods
        self.assertFalse(dialog.by_email)
        dialog.action_send()
        self.assertFalse(self.dispatches(invoice))

    def test_another_method_is_carried_out_by_odoo(self):
        methods = dict(
            self.env["res.partner"]._fields["invoice_sending_method"].selection
        )
        if "snailmail" not in methods:
            self.skipTest("the only other method here is mail")
        invoice = self.create_invoice()
        dialog = self.open_dialog(invoice)
        asked = []

        def generate_and_send(sending, moves, **settings):
            asked.append((moves, settings["sending_methods"]))

        sending = type(self.env["account.move.send"])
        self.patch(sending, "_generate_and_send_invoices", generate_and_send)
        chosen = dialog.sending_method_checkboxes
        chosen["snailmail"]["checked"] = True
        dialog.sending_method_checkboxes = chosen
        dialog.action_send()
        self.assertEqual(asked, [(invoice, ["snailmail"])])
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["ledger@kund.test"])

    def test_the_e_invoice_is_made_and_goes_along(self):
        if "ubl_cii_xml_id" not in self.env["account.move"]._fields:
            self.skipTest("account_edi_ubl_cii is not installed")
        self.company.vat = self.company.partner_id.vat = "SE123456789701"
        self.customer.write({"vat": "SE556012579001", "invoice_edi_format": "ubl_bis3"})
        invoice = self.create_invoice()
        self.send(invoice)
        self.run_queue()
        self.assertEqual(invoice.mailroom_state, "sent")
        xml = invoice.ubl_cii_xml_id
        self.assertTrue(xml)
        files = self.mails[0].files
        self.assertEqual(len(files), 2)
        self.assertEqual(files[xml.name], xml.raw)
        self.assertIn(invoice.name.encode(), xml.raw)
