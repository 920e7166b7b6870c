from odoo.tests import HttpCase, tagged

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateTour(TemplateCommon, HttpCase, MailroomCommon):
    """Somebody who has never seen Odoo's syntax writes two texts by clicking, and the
    right one goes out, with everything else in the same language (A4 to A7, G8, G9)."""

    registry_test_mode = True
    roles = ("sender", "biller", "manager", "editor")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.no_templates()
        groups = ("account.group_account_invoice", "sales_team.group_sale_salesman")
        for group in groups:
            cls.editor.group_ids |= cls.env.ref(group)

    def walk(self, path, tour):
        self.start_tour(f"/odoo/{path}", tour, login=self.editor.login)

    def test_write_a_swedish_and_a_french_text_and_send_both(self):
        swedish = self.create_invoice(invoice_lang="sv_SE")
        french = self.create_invoice(invoice_lang="fr_FR")
        self.walk("mailroom-templates", "mailroom_write_templates")
        mails = {}
        for invoice in (swedish, french):
            self.send(invoice)
            self.run_queue()
            mails[invoice] = self.mails[-1]
        for invoice, words, label, lang in (
            (swedish, "Din faktura", "Att betala:", "sv-SE"),
            (french, "Votre facture", "À payer :", "fr-FR"),
        ):
            mail = mails[invoice]
            self.assertEqual(mail["Subject"], f"{words} {invoice.name}")
            self.assertIn(label, mail.html)
            self.assertIn(f'lang="{lang}"', mail.html)
            self.assertNotIn("{", mail.html.partition("<body")[2])

    def test_a_wrong_tag_is_named_and_cannot_be_saved(self):
        template = self.create_template()
        self.walk(f"mailroom-templates/{template.id}", "mailroom_template_fault")
        self.assertEqual(template.mailroom_subject, "{Number}")

    def test_a_link_to_a_tag_is_made_in_the_editor(self):
        template = self.create_template(mailroom_body="<p>here</p>")
        self.walk(f"mailroom-templates/{template.id}", "mailroom_template_link")
        self.assertIn('href="{Link.Portal}"', template.mailroom_body)

    def test_a_word_typed_and_taken_back_changes_nothing(self):
        self.create_invoice()
        template = self.env.ref("mailroom.template_invoice_sv")
        template.active = True
        self.walk(f"mailroom-templates/{template.id}", "mailroom_template_untouched")
        self.assertEqual(
            template.mailroom_body, template.mailroom_shipped["mailroom_body"]
        )
        self.assertFalse(template.mailroom_changed)

    def test_tags_go_where_the_cursor_is_or_nowhere(self):
        self.create_invoice().copy()
        template = self.create_template("invoice", mailroom_sms_text=False)
        self.walk(f"mailroom-templates/{template.id}", "mailroom_template_cursor")
        self.assertEqual(template.mailroom_sms_text, "{Number}")
        self.assertEqual(template.mailroom_subject, "{Number}")
        self.assertNotIn("{", template.name)

    def test_coverage_makes_what_is_missing_once(self):
        self.create_template(mailroom_subject="{Number}")
        self.walk("mailroom-coverage", "mailroom_coverage")
        made = self.env["mail.template"].search([("mailroom_kind", "=", "quotation")])
        self.assertEqual(
            sorted(made.mapped("mailroom_lang_id.code")), ["en_US", "fr_FR"]
        )
