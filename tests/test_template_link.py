from lxml import html

from odoo.tests import tagged

from .sms_common import SmsCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateLink(TemplateCommon, SmsCommon):
    """Tags of links lead to the document, however they came into the text, and without
    a login for the customer's people only (A6, A7)."""

    def setUp(self):
        super().setUp()
        self.no_templates()
        self.order = self.create_order()
        self.order._mailroom_ensure_link()
        self.plain = self.order._mailroom_link("sign")
        self.opened = self.plain.replace(
            "#", f"?access_token={self.order.access_token}#"
        )

    def mail_both(self, body, **texts):
        """Send a text to one of the customer's people and to a stranger.

        :return: their mails
        """
        self.create_template(mailroom_body=body, **texts)
        self.send(self.order, other_addresses="stranger@elsewhere.test")
        self.run_queue()
        mails = {mail.recipient: mail for mail in self.mails}
        return mails["anna@kund.test"], mails["stranger@elsewhere.test"]

    def links(self, mail):
        """Return ``[(address, words)]`` of the links to sign in a mail."""
        nodes = html.fromstring(mail.html).xpath("//a[contains(@href, 'modalaccept')]")
        return [(node.get("href"), node.text_content()) for node in nodes]

    # === MAIL === #

    def test_a_tag_put_in_by_a_click_is_a_link(self):
        known, stranger = self.mail_both("<p>Sign here: {Link.Sign}</p>")
        self.assertEqual(self.links(known), [(self.opened, self.plain)])
        self.assertEqual(self.links(stranger), [(self.plain, self.plain)])
        # Who reads the words only finds no address that asks for a login
        self.assertIn(f"Sign here: {self.opened}", known.text)
        self.assertNotIn(self.plain, known.text)
        for text in (stranger.text, stranger.html, self.order.message_ids[:1].body):
            self.assertNotIn(self.order.access_token, text)

    def test_a_tag_in_a_link_is_no_second_link(self):
        known, _stranger = self.mail_both('<a href="{Link.Sign}">{Link.Sign}</a>')
        self.assertEqual(self.links(known), [(self.opened, self.plain)])

    def test_a_link_made_in_the_editor_leads_there(self):
        """The editor takes a tag for the name of a server."""
        known, _stranger = self.mail_both(
            '<p><a href="https://{Link.Sign}">Sign</a> '
            '<a href="http://%7BSupplier.Email%7D">Write</a></p>'
        )
        self.assertEqual(self.links(known), [(self.opened, "Sign")])
        self.assertIn('href="mailto:', known.html)

    # === TEXT MESSAGES === #

    def test_a_text_message_opens_for_the_customers_people_only(self):
        self.bo.mailroom_notify_sms = True
        self.create_template(mailroom_sms_text="Sign: {Link.Sign}.")
        sent = self.send_sms(self.order, text=None, to=None)
        self.assertEqual(sent.dispatch_id.sms_text, f"Sign: {self.plain}.")
        self.send_sms(self.order, text=None, to="070-999 88 77")
        self.run_queue()
        texts = {text.to: text.text for text in self.sms.texts}
        self.assertEqual(texts["+46705123457"], f"Sign: {self.opened}.")
        self.assertEqual(texts["+46709998877"], f"Sign: {self.plain}.")
        history = self.order.message_ids.mapped("body")
        self.assertNotIn(self.order.access_token, "".join(history))

    def test_the_address_of_another_document_stays_as_it_is(self):
        portal = self.order._mailroom_link()
        for text in (f"{portal}1", f"{portal}?a=1", f"{portal}/pdf"):
            opened = self.order._mailroom_open_links(text, self.bo, html=False)
            self.assertEqual(opened, text)
        opened = self.order._mailroom_open_links(f"{portal}?", self.bo, html=False)
        self.assertIn(self.order.access_token, opened)

    def test_what_a_link_takes_is_counted_before(self):
        self.create_template(mailroom_sms_text=f"{'a' * 560} {{Link.Sign}}")
        plan = self.plan_sms(self.order, text=None, to="070-512 34 56")
        self.assertLess(len(plan.sms_text), 613)
        self.assertEqual(self.problems(plan), {"sms_too_long": "block"})
