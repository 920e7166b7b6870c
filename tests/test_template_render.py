from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon
from .template_common import TemplateCommon

NASTY = (
    "{{ object.env }} {Supplier.Email} <script>alert(1)</script> \" onclick='x' "
    "<<company>>"
)


@tagged("post_install", "-at_install")
class TestTemplateRender(TemplateCommon, MailroomCommon):
    """Tags give the document's own values, in its language (A6, B19 to B21, D6)."""

    def test_values_of_a_swedish_order(self):
        self.company.mailroom_tz = "Europe/Stockholm"
        order = self.create_order(
            confirmed=True,
            client_order_ref="PO 77",
            date_order="2023-10-05 22:30:00",
            commitment_date="2023-10-06 06:00:00",
        )
        sek = self.env.ref("base.SEK")
        sek.active = True
        order.currency_id = sek
        for source, value in (
            ("{Untaxed}", "2 000,00 kr"),
            ("{DeliveryDate.Weekday}", "fredag 06 oktober"),
            ("{DeliveryDate.Long}", "6 oktober 2023"),
            ("{DeliveryDate}", "2023-10-06"),
            ("{Customer.Contact.Name}", "Anna Ek"),
            ("{Customer.Contact.FirstName}", "Anna"),
            ("{Customer.Name}", "Kund Fastigheter"),
            ("{Customer.Country}", "Sverige"),
            ("{customerOrderNumber}", "PO 77"),
            ("{orderRef}", order.name),
            ("{Kind}", "Order"),
            ("{Supplier.Name}", "Ahlberg Service"),
            ("{Supplier.Contact.Email}", "sender@ahlberg.test"),
            ("{facilityOrCustomer}", "Kund Fastigheter"),
        ):
            with self.subTest(tag=source):
                body = self.body(f"<p>{source}</p>", order, "sv_SE")
                self.assertEqual(body.replace("\xa0", " "), f"<p>{value}</p>")

    def test_a_missing_order_number_is_called_missing(self):
        order = self.create_order()
        for lang, word in (
            ("sv_SE", "saknas"),
            ("fr_FR", "manquant"),
            ("en_US", "missing"),
        ):
            body = self.body("<p>{customerOrderNumber}</p>", order, lang)
            self.assertEqual(body, f"<p>{word}</p>")
        self.assertEqual(self.body("<p>[[x {CustomerReference}]]</p>", order), "")

    def test_french_amounts_have_french_spaces(self):
        invoice = self.create_invoice(
            invoice_line_ids=[Command.create(self.line_values(price_unit=1234567.5))]
        )
        text = self.body("<p>{Untaxed}</p>", invoice, "fr_FR")
        amount = r"1[\u202f\xa0]234[\u202f\xa0]567,50\xa0"
        self.assertRegex(text, f"^<p>{amount}")
        template = self.create_template(
            "invoice",
            mailroom_subject=" Facture  de\n{Untaxed}",
            mailroom_file_name="Facture {Untaxed}",
        )
        subject = self.texts(template, invoice, "fr_FR").subject
        self.assertRegex(subject, f"^Facture de {amount}")
        name = invoice._mailroom_pdf_name("fr_FR", template)
        self.assertTrue(name.startswith("Facture 1 234 567,50"), name)

    def test_lines_are_a_table_in_a_mail_and_lines_in_a_text_message(self):
        order = self.create_order()
        template = self.create_template(
            mailroom_body="<p>{Lines}</p>", mailroom_sms_text="{Lines}"
        )
        texts = self.texts(template, order)
        cells = html.fragment_fromstring(texts.body).xpath("//td//text()")
        self.assertEqual(cells[:2], ["Inspection", "2"])
        self.assertTrue(texts.sms.startswith("Inspection - 2 - "))

    def test_amounts_of_an_invoice(self):
        invoice = self.create_invoice(invoice_date_due="2026-03-09")
        for source, value in (
            ("{DueDate}", "03/09/2026"),
            ("{PaymentReference}", invoice.payment_reference),
            ("[[paid {Paid}]]", ""),
        ):
            body = self.body(f"<p>x{source}</p>", invoice)
            self.assertEqual(body, f"<p>x{value}</p>")

    # === SECOND ORDER === #

    def test_a_value_is_printed_as_it_is_wherever_it_stands(self):
        self.customer.name = NASTY
        order = self.create_order()
        template = self.create_template(
            mailroom_subject="{Customer.Name}",
            mailroom_body=(
                '<div><p>{Customer.Name}</p><img alt="{Customer.Name}" src="cid:x"/>'
                '<a href="https://s.test/?c={Customer.Name}">x</a>'
                '<a href="{Customer.Name}">y</a></div>'
            ),
            mailroom_sms_text="{Customer.Name}",
            mailroom_file_name="{Customer.Name}",
        )
        texts = self.texts(template, order)
        self.assertEqual(texts.subject, NASTY)
        self.assertEqual(texts.sms, NASTY)
        tree = html.fragment_fromstring(texts.body)
        self.assertEqual({n.tag for n in tree.iter()}, {"div", "p", "img", "a"})
        self.assertEqual(tree.xpath("//p")[0].text_content(), NASTY)
        self.assertEqual(tree.xpath("//img")[0].get("alt"), NASTY)
        self.assertEqual(tree.xpath("//a/@href")[1], "#")
        attributes = {name for node in tree.iter() for name in node.attrib}
        self.assertEqual(attributes, {"alt", "src", "href"})
        name = order._mailroom_pdf_name("en_US", template)
        self.assertRegex(name, r"^[\w .,-]+\.pdf$")

    def test_what_leaves_holds_the_name_and_nothing_it_asked_for(self):
        self.customer.name = NASTY
        order = self.create_order()
        self.no_templates()
        self.create_template(mailroom_body="<p>Dear {Customer.Name}!</p>")
        self.send(order)
        self.run_queue()
        (mail,) = self.mails
        self.assertNotIn("<script>", mail.html)
        self.assertIn("{{ object.env }} {Supplier.Email} &lt;script&gt;", mail.html)

    # === TEMPLATES OF AN ADMINISTRATOR === #

    def test_an_administrator_may_use_qweb_and_the_values_never_meet_it(self):
        self.customer.name = "{{ 7 * 6 }} <t t-out='7*6'/>"
        order = self.create_order()
        template = self.create_template(
            mailroom_subject="{{ object.name }} {Customer.Name}",
            mailroom_body=(
                '<p t-if="object.amount_total"><t t-out="object.name"/>: '
                "{Customer.Name}</p><p>[[{CustomerReference}]]</p>"
            ),
        )
        texts = self.texts(template, order)
        self.assertEqual(texts.subject, f"{order.name} {self.customer.name}")
        self.assertEqual(
            texts.body,
            f"<p>{order.name}: {{{{ 7 * 6 }}}} &lt;t t-out=&#x27;7*6&#x27;/&gt;</p>",
        )

    # === LINKS === #

    def test_links_open_without_a_login_for_the_customers_people_only(self):
        self.no_templates()
        order = self.create_order()
        self.create_template(mailroom_body='<p><a href="{Link.Sign}">Sign</a></p>')
        self.send(order, other_addresses="stranger@elsewhere.test")
        self.run_queue()
        links = {
            mail.recipient: html.fromstring(mail.html).xpath("//a[text()='Sign']/@href")
            for mail in self.mails
        }
        (known,), (stranger,) = (
            links["anna@kund.test"],
            links["stranger@elsewhere.test"],
        )
        self.assertIn(f"access_token={order.access_token}", known)
        self.assertTrue(known.endswith("#modalaccept"))
        self.assertNotIn("token", stranger)
        self.assertNotIn(order.access_token, order.message_ids[:1].body)
