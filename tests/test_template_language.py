from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateLanguage(TemplateCommon, MailroomCommon):
    """One language from the customer card to the PDF, the mail and the portal (A5)."""

    def test_fall_backs(self):
        """contact → its company → the language they speak → our company's."""
        self.customer.write({"invoice_lang": False, "lang": "en_US"})
        self.anna.lang = "en_US"
        self.assertEqual(self.create_order()._mailroom_lang(), "en_US")
        self.anna.lang = "sv_SE"
        self.assertEqual(self.create_order()._mailroom_lang(), "sv_SE")
        self.customer.invoice_lang = "fr_FR"
        self.assertEqual(self.create_order()._mailroom_lang(), "fr_FR")
        self.anna.invoice_lang = "sv_SE"
        self.assertEqual(self.create_order()._mailroom_lang(), "sv_SE")

    def test_the_card_of_a_contact_says_which_language_counts(self):
        self.anna.write({"invoice_lang": False, "lang": "en_US"})
        self.customer.invoice_lang = "fr_FR"
        form = Form(self.anna)
        self.assertIn("French", form.invoice_lang_placeholder)
        self.assertIn(self.customer.name, form.invoice_lang_placeholder)
        self.assertFalse(Form(self.customer).invoice_lang_placeholder)
        self.customer.invoice_lang = False
        self.assertFalse(Form(self.anna).invoice_lang_placeholder)

    def test_our_own_language_when_the_customer_has_none(self):
        (self.customer | self.anna).write({"lang": False})
        self.company.partner_id.lang = "fr_FR"
        order = self.create_order()
        self.assertFalse(order.invoice_lang)
        self.assertEqual(order._mailroom_lang(), "fr_FR")

    def test_a_language_that_was_switched_off_is_not_used(self):
        self.customer.invoice_lang = "fr_FR"
        invoice = self.create_invoice()
        self.env["res.users"].search([("lang", "=", "fr_FR")]).lang = "en_US"
        self.env["res.lang"]._lang_get("fr_FR")
        self.env["res.lang"].search([("code", "=", "fr_FR")]).active = False
        self.assertEqual(invoice._mailroom_lang(), "en_US")

    def test_the_invoice_speaks_the_language_of_its_order(self):
        self.product.invoice_policy = "order"
        order = self.create_order(confirmed=True, invoice_lang="fr_FR")
        invoice = order._create_invoices()
        self.assertEqual(invoice.invoice_lang, "fr_FR")
        invoice.action_post()
        credit_note = invoice._reverse_moves()
        self.assertEqual(credit_note.invoice_lang, "fr_FR")

    def test_a_language_chosen_on_the_document_stays(self):
        order = self.create_order(invoice_lang="sv_SE")
        self.customer.invoice_lang = "fr_FR"
        self.assertEqual(order.copy().invoice_lang, "sv_SE")
        self.assertEqual(order.invoice_lang, "sv_SE")

    def test_descriptions_of_lines_follow(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        self.product.with_context(lang="sv_SE").name = "Besiktning"
        order = self.create_order(invoice_lang="sv_SE", order_line=[])
        order.order_line = [(0, 0, {"product_id": self.product.id})]
        self.assertEqual(order.order_line.name, "Besiktning")

    def test_descriptions_on_an_invoice_follow(self):
        self.product.with_context(lang="sv_SE").name = "Besiktning"
        invoice = self.create_invoice(
            posted=False,
            invoice_lang="sv_SE",
            invoice_line_ids=[Command.create({"product_id": self.product.id})],
        )
        line = invoice.invoice_line_ids
        self.assertEqual(line.name, "Besiktning")
        pump = self.product.create({"name": "Pump", "type": "consu"})
        pump.with_context(lang="sv_SE").name = "Pumpen"
        with Form(invoice) as form, form.invoice_line_ids.edit(0) as row:
            row.product_id = pump
        self.assertEqual(line.name, "Pumpen")

    def drafts_of(self, product):
        """Return drafts that sell a product: in Odoo's words, then in one's own."""
        lines = [{"product_id": product.id}, {"product_id": product.id, "name": "Mine"}]
        commands = [Command.create(values) for values in lines]
        order = self.create_order(order_line=commands, invoice_lang="en_US")
        invoice = self.create_invoice(
            posted=False, invoice_line_ids=commands, invoice_lang="en_US"
        )
        return {order: "order_line", invoice: "invoice_line_ids"}

    def test_lines_of_a_draft_follow_when_the_language_changes(self):
        self.product.with_context(lang="sv_SE").name = "Besiktning"
        self.product.with_context(lang="fr_FR").name = "Contrôle"
        for draft, lines in self.drafts_of(self.product).items():
            with self.subTest(model=draft._name):
                draft.invoice_lang = "sv_SE"
                self.assertEqual(draft[lines].mapped("name"), ["Besiktning", "Mine"])
                with Form(self.as_user(draft, self.editor_of(draft))) as form:
                    form.invoice_lang = "fr_FR"
                    with getattr(form, lines).edit(0) as line:
                        self.assertEqual(line.name, "Contrôle")
                self.assertEqual(draft[lines].mapped("name"), ["Contrôle", "Mine"])
                self.bo.invoice_lang = "sv_SE"
                draft.partner_id = self.bo
                self.assertEqual(draft[lines].mapped("name"), ["Besiktning", "Mine"])

    def editor_of(self, document):
        return self.sender if document._name == "sale.order" else self.biller

    def test_lines_of_a_finished_document_stay(self):
        self.product.with_context(lang="sv_SE").name = "Besiktning"
        for document, lines in self.drafts_of(self.product).items():
            with self.subTest(model=document._name):
                if lines == "order_line":
                    document.action_confirm()
                else:
                    document.invoice_line_ids.price_unit = 5
                    document.action_post()
                document.invoice_lang = "sv_SE"
                self.assertEqual(document[lines][0].name, "Inspection")

    def test_orders_in_two_languages_make_two_invoices(self):
        self.product.invoice_policy = "order"
        self.product.with_context(lang="sv_SE").name = "Besiktning"
        orders = self.env["sale.order"]
        for lang in ("sv_SE", "en_US", False, "sv_SE"):
            line = Command.create({"product_id": self.product.id})
            orders |= self.create_order(invoice_lang=lang, order_line=[line])
        orders.action_confirm()
        invoices = orders._create_invoices()
        languages = {
            invoice.invoice_lang: set(invoice.invoice_line_ids.mapped("name"))
            for invoice in invoices
        }
        self.assertEqual(len(invoices), 2)
        self.assertEqual(languages, {"sv_SE": {"Besiktning"}, "en_US": {"Inspection"}})

    def test_terms_follow(self):
        self.env["ir.config_parameter"].set_param("account.use_invoice_terms", "True")
        self.company.terms_type = "plain"
        self.company.invoice_terms = "<p>Our terms</p>"
        self.company.update_field_translations(
            "invoice_terms", {"sv_SE": {"Our terms": "Våra villkor"}}
        )
        order = self.create_order(invoice_lang="sv_SE")
        invoice = self.create_invoice(posted=False, invoice_lang="sv_SE")
        self.assertEqual(order.note, "<p>Våra villkor</p>")
        self.assertEqual(invoice.narration, "<p>Våra villkor</p>")
        invoice.invoice_lang = "en_US"
        self.assertEqual(invoice.narration, "<p>Our terms</p>")
        invoice.action_post()
        invoice.invoice_lang = "sv_SE"
        self.assertEqual(invoice.narration, "<p>Our terms</p>")

    def test_mail_and_pdf_are_in_the_same_language(self):
        self.customer.invoice_lang = "sv_SE"
        invoice = self.create_invoice()
        self.send(invoice)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail["Subject"].split()[0], "Faktura")
        self.assertIn("Med vänlig hälsning", mail.html)
        self.assertIn("Visa faktura", mail.html)
        self.assertIn('lang="sv-SE"', mail.html)
        self.assertTrue(list(mail.files)[0].startswith("Faktura "))

    def test_an_invoice_that_was_printed_goes_in_the_language_it_has_now(self):
        invoice = self.create_invoice(invoice_lang="sv_SE")
        self.send(invoice)
        self.run_queue()
        legal = invoice.invoice_pdf_report_id
        self.printer.printed.clear()
        self.as_user(invoice, self.biller).invoice_lang = "fr_FR"
        self.send(invoice)
        self.run_queue()
        self.assertEqual(self.printer.printed, [(invoice.name, "fr_FR")])
        mail = self.mails[-1]
        self.assertEqual(mail["Subject"].split()[0], "Facture")
        (name,) = mail.files
        self.assertEqual(name.split()[0], "Facture")
        self.assertEqual(invoice.invoice_pdf_report_id, legal)
        self.printer.printed.clear()
        with Form(self.open_dialog(invoice)) as dialog:
            dialog.lang = "sv_SE"
        dialog.record.action_send()
        self.run_queue()
        self.assertFalse(self.printer.printed, "the legal PDF is in Swedish")
        self.assertEqual(list(self.mails[-1].files.values()), [legal.raw])

    def test_an_invoice_is_printed_in_the_language_chosen_in_the_dialog(self):
        invoice = self.create_invoice(invoice_lang="sv_SE")
        with Form(self.open_dialog(invoice)) as dialog:
            dialog.lang = "fr_FR"
        dialog.record.action_send()
        self.run_queue()
        self.assertEqual(self.printer.printed, [(invoice.name, "fr_FR")])
        self.assertEqual(invoice.mailroom_pdf_lang, "fr_FR")

    def printed(self, document, lang=None):
        """Return the HTML from which a PDF is made."""
        report = document._mailroom_report()
        documents = document.with_context(mailroom_lang=lang) if lang else document
        content, _kind = documents.env["ir.actions.report"]._render_qweb_html(
            report.report_name, document.ids
        )
        return content.decode()

    def test_the_report_is_printed_in_the_language_of_the_document(self):
        order = self.create_order(invoice_lang="sv_SE")
        invoice = self.create_invoice(invoice_lang="sv_SE")
        for document, word in ((order, "Antal"), (invoice, "Förfallodag")):
            with self.subTest(document=document._name):
                self.assertIn(word, self.printed(document))
                document.invoice_lang = "en_US"
                self.assertNotIn(word, self.printed(document))

    def test_the_report_follows_the_language_of_the_message(self):
        order = self.create_order(invoice_lang="en_US")
        self.assertIn("Antal", self.printed(order, lang="sv_SE"))

    def test_another_language_in_the_dialog_is_that_of_text_and_file(self):
        order = self.create_order(invoice_lang="en_US")
        with Form(self.open_dialog(order)) as dialog:
            self.assertEqual(dialog.subject.split()[0], "Quotation")
            dialog.lang = "fr_FR"
            self.assertEqual(dialog.template_id.mailroom_lang_id.code, "fr_FR")
            self.assertEqual(dialog.subject.split()[0], "Devis")
            dialog.template_id = self.env.ref("mailroom.template_quotation_sv")
            self.assertEqual(dialog.lang, "sv_SE")
            self.assertEqual(dialog.subject.split()[0], "Offert")
        self.assertEqual(dialog.record.file_ids[:1].name, f"Offert {order.name}.pdf")

    def test_a_plan_in_another_language_takes_the_template_of_that(self):
        order = self.create_order(invoice_lang="en_US")
        plan = self.plan(order, lang="fr_FR")
        self.assertEqual(plan.template.sudo().mailroom_lang_id.code, "fr_FR")
        swedish = self.env.ref("mailroom.template_quotation_sv")
        self.assertEqual(self.plan(order, template=swedish).lang, "sv_SE")
