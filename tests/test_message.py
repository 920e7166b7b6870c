import base64
import email.policy
from email.message import EmailMessage

from odoo.tests import tagged

from ..tools.plan import Wishes
from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestMessage(MailroomCommon):
    """The message as it leaves, what answers to it do, and what comes back."""

    def sent_mail(self, document, **values):
        self.send(document, **values)
        self.run_queue()
        return self.mails[-1]

    # === HEADERS === #

    def test_the_message_is_from_the_company_in_its_own_domain(self):
        mail = self.sent_mail(self.create_order())
        self.assertEqual(mail["From"], "Ahlberg Service <post@ahlberg.test>")
        self.assertEqual(mail.sender, "post@ahlberg.test")
        self.assertTrue(mail["Message-ID"].endswith("@ahlberg.test>"))
        self.assertIn("info@ahlberg.test", mail["Reply-To"])

    def test_a_message_a_person_sent_is_not_called_automatic(self):
        mail = self.sent_mail(self.create_order())
        self.assertIsNone(mail["Auto-Submitted"])
        self.assertIsNone(mail["X-Auto-Response-Suppress"])

    def test_an_automatic_message_says_so(self):
        order = self.create_order()
        plans = self.env["mailroom.planner"]._plan(order, Wishes(automatic=True))
        self.env["mailroom.dispatch"]._send(plans)
        self.run_queue()
        self.assertEqual(self.mails[0]["Auto-Submitted"], "auto-generated")
        self.assertEqual(self.mails[0]["X-Auto-Response-Suppress"], "OOF")

    def test_logo_and_details_of_the_company_are_in_the_message(self):
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
            "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        self.company.logo = base64.b64encode(base64.b64decode(pixel))
        mail = self.sent_mail(self.create_order())
        self.assertIn("cid:", mail.html)
        self.assertIn("Storgatan 1", mail.html)
        self.assertIn("+46 8 123 45 67", mail.text)
        images = [p for p in mail.message.walk() if p["Content-ID"]]
        self.assertEqual(len(images), 1)

    def test_only_people_of_the_customer_get_the_link(self):
        order = self.create_order()
        self.send(order, other_addresses="one@else.test")
        self.run_queue()
        html = {mail.recipient: mail.html for mail in self.mails}
        self.assertIn(f"/my/orders/{order.id}", html["anna@kund.test"])
        self.assertNotIn("access_token", html["one@else.test"])

    # === PROOF === #

    def test_the_bytes_that_left_are_kept(self):
        order = self.create_order()
        mail = self.sent_mail(order)
        (delivery,) = self.deliveries(order).values()
        self.assertEqual(delivery._frozen_message(), mail.raw)
        self.assertEqual(delivery.rfc_message_id, mail["Message-ID"])
        self.assertEqual(delivery.reply_code, 250)
        self.assertEqual(delivery.attempt_ids.mapped("outcome"), ["accepted"])

    def test_what_is_changed_after_the_click_does_not_change_the_text(self):
        order = self.create_order()
        self.send(order, subject="As agreed")
        self.env.ref("sale.email_template_edi_sale").subject = "Other"
        self.run_queue()
        self.assertEqual(self.mails[0]["Subject"], "As agreed")

    # === ANSWERS === #

    def incoming(self, **headers):
        """Return a mail from the customer as bytes."""
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"] = "Anna Ek <anna@kund.test>"
        message["To"] = "post@ahlberg.test"
        message["Subject"] = "Re: your quotation"
        message["Message-ID"] = "<answer-1@kund.test>"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content("We take it")
        return message.as_bytes()

    def test_an_answer_lands_on_the_document(self):
        order = self.create_order()
        mail = self.sent_mail(order)
        own = mail["Message-ID"]
        answer = self.incoming(
            In_Reply_To=own, References=f"{mail['References']} {own}"
        )
        self.env["mail.thread"].message_process(False, answer)
        self.assertIn("We take it", order.message_ids[0].body)
        self.assertEqual(order.message_ids[0].author_id, self.anna)

    # === WHAT COMES BACK === #

    def bounce(self, recipient, headers):
        """Return a delivery report about a message, as mail servers write it."""
        domain = self.env["mail.alias.domain"].search([], limit=1) or self.env[
            "mail.alias.domain"
        ].create({"name": "ahlberg.test"})
        return "\r\n".join(
            [
                "From: MAILER-DAEMON@kund.test",
                f"To: {domain.bounce_email}",
                "Subject: Undelivered Mail Returned to Sender",
                "Message-ID: <bounce-1@kund.test>",
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=delivery-status;",
                ' boundary="b"',
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "PRIVATE: no such mailbox here",
                "--b",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mx.kund.test",
                "",
                f"Final-Recipient: rfc822; {recipient}",
                "Action: failed",
                "Status: 5.1.1",
                "",
                "--b",
                "Content-Type: text/rfc822-headers",
                "",
                *headers,
                "",
                "--b--",
                "",
            ]
        ).encode()

    def test_mail_that_came_back_is_shown_on_the_document(self):
        order = self.create_order()
        self.send(order, to=self.anna | self.bo)
        self.run_queue()
        mail = next(m for m in self.mails if m.recipient == "bo@kund.test")
        raw = self.bounce("bo@kund.test", [f"Message-ID: {mail['Message-ID']}"])
        self.env["mail.thread"].message_process(False, raw)
        self.run_queue()
        self.assertEqual(
            self.states(order), {"anna@kund.test": "sent", "bo@kund.test": "bounced"}
        )
        self.assertEqual(order.mailroom_state, "partly")
        delivery = self.deliveries(order)["bo@kund.test"]
        self.assertEqual(delivery.notification_id.notification_status, "bounce")
        self.assertIn("Came back", self.as_user(delivery, self.manager).words)
        self.assertEqual(order.activity_ids.user_id, self.sender)

    def test_a_bounce_named_by_the_chatter_message_finds_its_recipient(self):
        order = self.create_order()
        dispatch = self.send(order, to=self.anna | self.bo)
        self.run_queue()
        chatter = dispatch.message_id.message_id
        raw = self.bounce("bo@kund.test", [f"Message-ID: {chatter}"])
        self.env["mail.thread"].message_process(False, raw)
        self.run_queue()
        self.assertEqual(
            self.states(order), {"anna@kund.test": "sent", "bo@kund.test": "bounced"}
        )

    def test_the_report_itself_is_not_kept_where_every_user_reads(self):
        order = self.create_order()
        mail = self.sent_mail(order)
        for identifier in (mail["Message-ID"], mail["References"]):
            raw = self.bounce("anna@kund.test", [f"Message-ID: {identifier}"])
            self.env["mail.thread"].message_process(False, raw)
            self.run_queue()
            (delivery,) = self.deliveries(order).values()
            self.assertFalse(delivery.notification_id.failure_reason)

    def test_a_forged_bounce_of_an_unknown_message_changes_nothing(self):
        order = self.create_order()
        self.sent_mail(order)
        raw = self.bounce("anna@kund.test", ["Message-ID: <unknown@else.test>"])
        self.env["mail.thread"].message_process(False, raw)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "sent")
