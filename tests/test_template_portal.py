from odoo.tests import tagged

from .http_common import MailroomHttpCommon


@tagged("post_install", "-at_install")
class TestTemplatePortal(MailroomHttpCommon):
    """The customer's page of a document is in the document's language (A5)."""

    def page(self, document):
        """Return the page that the link in a mail opens, without a login."""
        return self.url_open(document.get_portal_url()).text

    def test_pages_follow_the_document(self):
        order = self.create_order(invoice_lang="sv_SE")
        invoice = self.create_invoice(invoice_lang="sv_SE")
        for document, word in ((order, "Offert"), (invoice, "Ladda ner")):
            with self.subTest(document=document._name):
                self.assertIn(word, self.page(document))
                document.invoice_lang = "en_US"
                self.assertNotIn(word, self.page(document))

    def test_staff_see_it_in_their_own_language(self):
        order = self.create_order(invoice_lang="sv_SE")
        self.authenticate(self.sender.login, self.sender.login)
        self.assertNotIn("Offert", self.page(order))
