from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplatePanel(TemplateCommon, MailroomCommon):
    """The form of a template: tags with their values, live preview, coverage."""

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
        self.assertEqual(labels["account.move"], "Invoice")
        self.assertEqual(labels["sale.order"], "Sales Order")

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

    # === COVERAGE === #

    def cells(self, company):
        matrix = self.env["mailroom.coverage"].with_user(self.editor).get_matrix()
        (mine,) = [c for c in matrix["companies"] if c["id"] == company.id]
        return {
            (row["kind"], cell["lang"]): cell["state"]
            for row in mine["rows"]
            for cell in row["cells"]
        }

    def test_coverage_tells_own_shared_inherited_and_missing(self):
        self.no_templates()
        self.env["res.lang"]._activate_lang("fr_BE")
        self.create_template("quotation", "sv_SE", self.company)
        self.create_template("quotation", "fr_FR")
        cells = self.cells(self.company)
        self.assertEqual(cells["quotation", "sv_SE"], "own")
        self.assertEqual(cells["quotation", "fr_FR"], "shared")
        self.assertEqual(cells["quotation", "fr_BE"], "inherited")
        self.assertEqual(cells["quotation", "en_US"], "missing")

    def test_a_click_makes_the_missing_one_from_the_best(self):
        self.no_templates()
        self.create_template("quotation", "fr_FR", mailroom_subject="Devis {Number}")
        self.env["res.lang"]._activate_lang("fr_BE")
        coverage = self.env["mailroom.coverage"].with_user(self.editor)
        action = coverage.make("quotation", self.company.id, "fr_BE")
        made = self.env["mail.template"].browse(action["res_id"])
        self.assertEqual(made.mailroom_subject, "Devis {Number}")
        self.assertEqual(made.mailroom_lang_id.code, "fr_BE")
        self.assertEqual(made.mailroom_company_id, self.company)
        self.assertEqual(self.cells(self.company)["quotation", "fr_BE"], "own")

    def test_nothing_is_made_for_a_company_of_others(self):
        other = self.env["res.company"].create({"name": "Foreign Ltd"})
        coverage = self.env["mailroom.coverage"].with_user(self.editor)
        before = self.env["mail.template"].search_count([])
        with self.assertRaises(UserError):
            coverage.make("quotation", other.id, "sv_SE")
        self.assertEqual(self.env["mail.template"].search_count([]), before)

    def test_only_editors_see_the_coverage(self):
        coverage = self.env["mailroom.coverage"].with_user(self.sender)
        with self.assertRaises(AccessError):
            coverage.get_matrix()
        with self.assertRaises(AccessError):
            coverage.make("quotation", self.company.id, "sv_SE")
