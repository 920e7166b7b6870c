from collections import Counter

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..const import TEMPLATE_KINDS
from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateCheck(TemplateCommon, MailroomCommon):
    """A wrong tag cannot be saved, and the message says which one is right (G8)."""

    def assertFault(self, words, kind="quotation", **texts):
        with self.assertRaises(ValidationError) as caught:
            self.create_template(kind, **texts)
        self.assertIn(words, str(caught.exception))

    def test_unknown_tag_names_the_nearest(self):
        self.assertFault(
            "there is no tag {Custmer.Name}. Did you mean {Customer.Name}?",
            mailroom_body="<p>{Custmer.Name}</p>",
        )

    def test_every_text_is_checked(self):
        for name in ("subject", "body", "sms_text", "file_name"):
            with self.subTest(text=name):
                self.assertFault("{Nummber}", **{f"mailroom_{name}": "{Nummber}"})

    def test_tag_of_another_kind_says_so(self):
        self.assertFault(
            "the tag {DueDate} exists for Invoice, Payment reminder, Credit note, Free "
            "message, not for Quotation.",
            mailroom_subject="{DueDate}",
        )

    def test_a_kind_cannot_be_changed_to_one_without_the_tags(self):
        template = self.create_template("invoice", mailroom_subject="{DueDate}")
        with self.assertRaises(ValidationError):
            template.mailroom_kind = "quotation"

    def test_braces_and_parts_must_be_whole(self):
        for text, words in (
            ("{Number", "never closed"),
            ("[[ {Number}", "never closed with ]]"),
            ("{Number} ]]", "no [[ has opened"),
            ("Number}", "a brace } is closed and was never opened"),
            ("{1Number}", "“{1Number}” is no tag"),
            ("{Customer.Name|{Number}}", "behind | in a tag only plain words"),
        ):
            with self.subTest(text=text):
                self.assertFault(words, mailroom_subject=text)
        for text, words in (
            ("<p>[[ a</p><p>b ]]</p>", "the same paragraph"),
            ("<p>{<br>Number}</p>", "between { and } only the name of a tag"),
            ("<p>{Number|<b>x</b>}</p>", "behind | in a tag only plain words"),
        ):
            with self.subTest(text=text):
                self.assertFault(words, mailroom_body=text)

    def test_a_word_made_bold_inside_its_braces_stays_a_tag(self):
        template = self.create_template(
            mailroom_body="<p>{<strong>Number</strong>}, {Customer.<b>Name</b>}</p>"
        )
        self.assertEqual(
            template.mailroom_body,
            "<p><strong>{Number}</strong>, <b>{Customer.Name}</b></p>",
        )

    def test_tags_stand_in_words_and_addresses_only(self):
        self.assertFault("cannot stand here", mailroom_body='<p style="{Number}">x</p>')

    def test_texts_of_other_systems_are_taken_as_they_are(self):
        template = self.create_template(
            "invoice",
            mailroom_subject="<NUMFACT> <<customer>>",
            mailroom_body=(
                "<p><NUMFACT> of <DATEFACT>, <NOMSOC></p>"
                "<p>&lt;NUMFACT&gt; &lt;&lt;customer&gt;&gt; <<orderRef>> {company}</p>"
            ),
        )
        invoice = self.create_invoice(invoice_origin="S00042")
        texts = self.texts(template, invoice)
        self.assertEqual(texts.subject, f"{invoice.name} Kund Fastigheter")
        self.assertIn(
            f"<p>{invoice.name} of 03/02/2026, Ahlberg Service</p>", texts.body
        )
        self.assertIn(
            f"<p>{invoice.name} Kund Fastigheter S00042 Ahlberg Service</p>", texts.body
        )

    def test_no_field_of_odoos_renderer_may_be_used(self):
        template = self.create_template()
        model = self.env["ir.model"]._get("sale.order")
        for values in (
            {"body_html": "<p>{{ object }}</p>"},
            {"subject": "{{ object.name }}"},
            {"email_to": "{{ object.partner_id.email }}"},
            {"lang": "{{ object.partner_id.lang }}"},
            {"model_id": model.id},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                template.write(values)

    def test_everything_shipped_is_right(self):
        """Each text of the program gives something for a real document, and leaves no
        tag and no bracket behind."""
        documents = {
            "quotation": self.create_order(),
            "order": self.create_order(confirmed=True),
            "invoice": self.create_invoice(),
            "payment_reminder": self.create_invoice(),
            "credit_note": self.create_invoice(move_type="out_refund"),
            "message": self.create_order(),
            "several": self.create_invoice(),
            "ready_message": self.create_order(confirmed=True),
            "work_order": self.create_order(confirmed=True),
        }
        shipped = self.env["mail.template"].search([("mailroom_shipped", "!=", False)])
        kinds = set(shipped.mapped("mailroom_kind"))
        self.assertEqual(kinds, set(dict(TEMPLATE_KINDS)))
        for kind, texts in shipped.grouped("mailroom_kind").items():
            languages = Counter(texts.mapped("mailroom_lang_id.code"))
            self.assertEqual(len(languages), 5, kind)
            self.assertEqual(len(set(languages.values())), 1, kind)
        # Bookings, stages and protocols have tests of their own for their texts
        templates = shipped.filtered(lambda t: t.mailroom_kind in documents)
        self.assertEqual(len(templates), 5 * len(documents))
        for template in templates.with_user(self.sender).sudo():
            with self.subTest(template=template.display_name):
                self.assertFalse(template._mailroom_fault_sentences())
                self.assertFalse(template.mailroom_changed)
                document = documents[template.mailroom_kind].with_user(self.sender)
                code = template.mailroom_lang_id.code
                self.env["res.lang"]._activate_lang(code)
                texts = self.texts(template, document, code)
                self.assertFalse(texts.empty + texts.unknown)
                self.assertIn(document.name, texts.subject)
                for text in (texts.subject, str(texts.body), texts.sms):
                    self.assertNotRegex(text, r"\{|\}|\[\[|\]\]")
