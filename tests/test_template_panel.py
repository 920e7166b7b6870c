from odoo.tests import tagged

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplatePanel(TemplateCommon, MailroomCommon):
    """The form of a template: tags with their values, live preview."""

    roles = ("sender", "biller", "editor", "manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def test_the_panel_shows_every_tag_with_its_value(self):
        order = self.create_order()
        template = self.as_user(self.create_template(), self.editor)
        self.assertEqual(template.mailroom_sample, order)
        tags = {tag["name"]: tag for tag in template.mailroom_tags}
        self.assertGreater(len(tags), 55)
        self.assertEqual(tags["Number"]["value"], order.name)
        self.assertEqual(tags["Customer.Contact.Name"]["value"], "Anna Ek")
        self.assertIn("NUMFACT", tags["Number"]["aliases"])
        self.assertNotIn("DueDate", tags, "a tag of invoices")
        for tag in tags.values():
            self.assertTrue(tag["label"] and tag["group"], tag["name"])

    def test_documents_are_called_what_people_call_them(self):
        templates = self.env["mail.template"].with_user(self.editor)
        labels = dict(templates._selection_mailroom_sample())
        self.assertEqual(labels["account.move"], "Invoice / Credit note")
        self.assertEqual(labels["sale.order"], "Quotation / Order")

    def test_the_preview_follows_what_is_typed(self):
        order = self.create_order()
        with self.form(self.create_template(), self.editor) as form:
            form.mailroom_subject = "Offer {Number}"
            self.assertEqual(form.mailroom_preview_subject, f"Offer {order.name}")
            form.mailroom_body = "<p>Dear {Customer.Name}</p>"
            self.assertIn("Dear Kund Fastigheter", form.mailroom_preview)
            form.mailroom_sms_text = "Hi {Customer.Contact.FirstName}, 1 €"
            self.assertEqual(form.mailroom_preview_sms, "Hi Anna, 1 €")
            self.assertIn("13 characters (GSM-7), 1 part", form.mailroom_sms_length)
            form.mailroom_sms_text = "ě {Number}"
            self.assertIn("UCS-2", form.mailroom_sms_length)
            self.assertIn("because of: ě", form.mailroom_sms_length)
            form.mailroom_file_name = "Offer {Number}"
            self.assertEqual(form.mailroom_preview_file_name, f"Offer {order.name}.pdf")

    def test_faults_are_told_while_writing(self):
        self.create_order()
        form = self.form(self.create_template(), self.editor)
        form.mailroom_subject = "{Numbr}"
        self.assertIn("Did you mean {Number}?", form.mailroom_faults)

    def test_the_preview_never_runs_a_program(self):
        self.create_order()
        form = self.form(self.create_template(), self.editor)
        form.mailroom_body = '<p t-out="7 * 6"/>'
        self.assertFalse(form.mailroom_preview)
        form.mailroom_body = "<p>x</p>"
        form.mailroom_subject = "{{ 7 * 6 }}"
        self.assertFalse(form.mailroom_preview_subject)

    def test_a_picture_of_a_t_shirt_is_no_program(self):
        template = self.as_user(self.create_template(), self.editor)
        body = '<p><img src="/x.png" alt="Our T-shirt" title="red t-shirt"></p>'
        template.mailroom_body = body
        self.assertFalse(template._mailroom_is_program("mailroom_body"))

    def test_a_document_the_editor_may_not_read_is_not_shown(self):
        secret = self.create_order(company=self.company_b)
        template = self.as_user(self.create_template(), self.editor)
        template.mailroom_sample = secret
        self.assertFalse(template.mailroom_preview)
        self.assertFalse(any(tag["value"] for tag in template.mailroom_tags))

    # === THE DOCUMENT === #

    def test_only_documents_of_the_kind_are_offered(self):
        self.editor.group_ids |= self.env.ref("account.group_account_invoice")
        posted = self.create_invoice()
        draft = posted.copy()
        template = self.as_user(self.create_template("invoice"), self.editor)
        self.assertEqual(list(template.mailroom_sample_domains), ["account.move"])
        domain = template.mailroom_sample_domains["account.move"]
        offered = self.env["account.move"].search(domain)
        self.assertIn(posted, offered)
        self.assertNotIn(draft, offered)
        self.assertEqual(set(offered.mapped("move_type")), {"out_invoice"})
        free = self.as_user(self.create_template("message"), self.editor)
        self.assertIn("sale.order", free.mailroom_sample_domains)
        self.assertIn("account.move", free.mailroom_sample_domains)

    def test_a_document_of_another_kind_is_refused_in_words(self):
        self.editor.group_ids |= self.env.ref("account.group_account_invoice")
        order, invoice = self.create_order(), self.create_invoice()
        for kind, wrong in (("invoice", order), ("quotation", invoice)):
            form = self.form(self.create_template(kind), self.editor)
            self.assertTrue(form.mailroom_preview)
            form.mailroom_sample = f"{wrong._name},{wrong.id}"
            self.assertFalse(form.mailroom_preview)
            self.assertIn("Choose another", form.mailroom_sample_fault)
            self.assertFalse(any(tag["value"] for tag in form.mailroom_tags))

    def test_documents_have_the_names_people_know(self):
        names = dict(self.env["mail.template"]._selection_mailroom_sample())
        self.assertEqual(names["account.move"], "Invoice / Credit note")
        self.assertEqual(names["sale.order"], "Quotation / Order")
