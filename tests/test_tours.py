from odoo.tests import HttpCase, tagged

from .common import MailroomCommon

SUBJECTS = {
    "quotation": "Offert",
    "order": "Order",
    "invoice": "Faktura",
    "credit_note": "Kreditfaktura",
}


@tagged("post_install", "-at_install")
class TestTours(HttpCase, MailroomCommon):
    """A person sends documents and sees what becomes of them, in a real browser."""

    registry_test_mode = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.customer | cls.anna | cls.bo | cls.invoice_address).lang = "sv_SE"
        swedish = cls.env["res.lang"]._lang_get("sv_SE")
        cls.env["mail.template"].create(
            [
                {
                    "name": name,
                    "mailroom_kind": kind,
                    "mailroom_lang_id": swedish.id,
                    "mailroom_company_id": cls.company.id,
                    "mailroom_subject": f"{name} {{Number}}",
                    "mailroom_body": "<p>Hej från oss</p>",
                }
                for kind, name in SUBJECTS.items()
            ]
        )

    def tour(self, document, name):
        """Walk through a tour on the form of a document, as somebody who may do no
        more than what it takes."""
        user = self.sender if document._name == "sale.order" else self.biller
        self.start_tour(f"/odoo/{document._name}/{document.id}", name, login=user.login)

    def send_in_browser(self, document, kind, recipient):
        """Send a document by hand and compare what left, and what it says then."""
        self.tour(document, f"mailroom_send_{kind}")
        self.assertFalse(self.mails, "nothing leaves in the click")
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail.recipient, recipient)
        self.assertIn(document.name, mail["Subject"])
        self.assertIn("Hej från oss", mail.html)
        self.assertEqual(list(mail.files), [document._mailroom_file_name()])
        self.tour(document, "mailroom_document_accepted")

    def test_send_quotation(self):
        self.send_in_browser(self.create_order(), "quotation", "anna@kund.test")

    def test_send_order(self):
        order = self.create_order(confirmed=True)
        self.send_in_browser(order, "order", "anna@kund.test")

    def test_send_invoice(self):
        self.send_in_browser(self.create_invoice(), "invoice", "ledger@kund.test")

    def test_send_credit_note(self):
        credit_note = self.create_invoice(move_type="out_refund")
        self.send_in_browser(credit_note, "credit_note", "ledger@kund.test")

    def test_send_again_and_take_back(self):
        order = self.create_order()
        self.server.refuse("anna@kund.test", 550, "5.1.1 unknown user")
        self.send(order)
        self.run_queue()
        self.tour(order, "mailroom_document_retry")
        self.env.invalidate_all()
        self.assertEqual(self.states(order), {"anna@kund.test": "cancelled"})
        self.assertFalse(self.mails)

    def test_change_after_sending(self):
        order = self.create_order()
        self.send(order)
        self.run_queue()
        self.tour(order, "mailroom_document_changed")
