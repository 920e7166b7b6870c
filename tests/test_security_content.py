import re

from lxml import html

from odoo.tests import tagged

from .common import MailroomCommon

# Reply-To is left out where the company's own name cannot be told from an address.
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
}
INJECTIONS = (
    "=?utf-8?q?x=0D=0ABcc:victim@evil.test?=",
    "=?utf-8?b?eA0KQmNjOiB2aWN0aW1AZXZpbC50ZXN0?=",
    "x\r\nBcc: victim@evil.test",
    "x\n\n<b>another body</b>",
    "x" * 300,
    "Åsa <victim@evil.test>, Bo",
    "x\u2028Bcc: victim@evil.test\u202e",
)
MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<base href='https://evil.test/'>",
    "<form action='https://evil.test/'><input name=x></form>",
    "<meta http-equiv='refresh' content='0;url=https://evil.test/'>",
    "<iframe src='https://evil.test/'></iframe>",
    '"><svg onload=alert(1)>',
    "'--><div style='background:url(https://evil.test/)'>",
    "{{ object.env.cr.dbname }}",
    "<t t-out='object.env.cr.dbname'/>",
)
DANGEROUS_TAGS = ("script", "iframe", "form", "input", "base", "object", "embed")
FILE_NAMES = (
    "../../../etc/passwd.pdf",
    "..\\..\\win.ini",
    "\u202efdp.exe",
    "CON.pdf",
    "a" * 400 + ".pdf",
    "x\r\nContent-Type: text/html",
    ".htaccess",
    "a/b:c*d?.pdf",
)


@tagged("post_install", "-at_install")
class TestSecurityContent(MailroomCommon):
    """What people write into fields stays text: in headers (S8), in HTML (S9) and in
    file names (S10)."""

    # === HEADERS === #

    def assertClean(self, mail, recipient):
        self.assertLessEqual(HEADERS - set(mail.message.keys()), {"Reply-To"})
        self.assertLessEqual(set(mail.message.keys()), HEADERS)
        self.assertEqual(mail.recipient, recipient)
        named = {a.addr_spec for a in mail.message["To"].addresses}
        self.assertEqual(named, {recipient})
        self.assertNotIn(b"\nBcc:", mail.raw.partition(b"\r\n\r\n")[0])

    def test_names_and_subjects_add_no_header(self):
        for text in INJECTIONS:
            with self.subTest(text=text[:40]):
                self.mails.clear()
                self.anna.name = text
                self.company.name = text[:120] + str(INJECTIONS.index(text))
                order = self.create_order(client_order_ref=text)
                self.send(order, subject=text)
                self.run_queue()
                (mail,) = self.mails
                self.assertClean(mail, "anna@kund.test")

    def test_an_address_that_brings_a_header_is_refused(self):
        self.anna.email = "anna@kund.test\r\nBcc: victim@evil.test"
        order = self.create_order()
        dialog = self.open_dialog(order)
        self.assertIn("danger", [a["level"] for a in dialog.alerts.values()])
        self.run_queue()
        self.assertFalse(self.mails)

    # === HTML === #

    def tags(self, text):
        """Return what a browser would act on: elements and attributes."""
        found = []
        for element in html.fromstring(text).iter():
            if element.tag in DANGEROUS_TAGS:
                found.append(element.tag)
            if element.tag == "meta" and element.get("http-equiv") == "refresh":
                found.append("refresh")
            for name, value in element.attrib.items():
                if name.startswith("on") or "javascript:" in value.lower():
                    found.append(f"{element.tag} {name}={value}")
                if "evil.test" in value:
                    found.append(f"{element.tag} {name}={value}")
        return found

    def assertHarmless(self, text):
        self.assertFalse(self.tags(text))
        self.assertNotIn(self.env.cr.dbname, html.fromstring(text).text_content())

    def test_values_of_fields_are_text_in_preview_and_mail(self):
        for payload in MARKUP:
            with self.subTest(payload=payload):
                self.mails.clear()
                self.customer.write(
                    {
                        "name": payload,
                        "street": payload,
                        "city": payload,
                        "zip": payload,
                        "ref": payload,
                        "phone": payload,
                    }
                )
                self.anna.write({"name": payload, "function": payload})
                self.company.write({"street": payload, "city": payload})
                order = self.create_order(
                    client_order_ref=payload, origin=payload, reference=payload
                )
                order.order_line.name = payload
                self.sender.write({"name": payload, "signature": payload})
                dialog = self.open_dialog(order)
                self.assertHarmless(dialog.preview)
                dialog.action_send()
                self.run_queue()
                self.assertHarmless(self.mails[0].html)

    def test_what_the_sender_types_is_cleaned(self):
        # He may write links and pictures; what acts by itself is taken out.
        kept = ("base", "evil.test")
        for payload in MARKUP:
            with self.subTest(payload=payload):
                self.mails.clear()
                order = self.create_order()
                dialog = self.open_dialog(order)
                dialog.write({"subject": payload, "body": f"<p>Hello</p>{payload}"})
                preview = dialog.preview
                dialog.action_send()
                self.run_queue()
                for text in (preview, self.mails[0].html):
                    found = [
                        t for t in self.tags(text) if not any(k in t for k in kept)
                    ]
                    self.assertFalse(found)
                self.assertNotIn(self.env.cr.dbname, self.mails[0].text)

    def test_a_servers_answer_is_stored_short_and_clean(self):
        order = self.create_order()
        answer = "5.1.1 <script>alert(1)</script>\r\n\x1b[31m\x00" + "x" * 100_000
        self.server.refuse("anna@kund.test", 550, answer)
        self.send(order)
        self.run_queue()
        delivery = self.deliveries(order)["anna@kund.test"]
        for text in (delivery.reply_text, delivery.attempt_ids.reply_text):
            self.assertLessEqual(len(text), 500)
            self.assertFalse(re.search(r"[\x00-\x1f\x7f]", text))
        note = order.activity_ids.note
        self.assertNotIn("<script", note)

    # === FILE NAMES === #

    def test_files_leave_under_harmless_names(self):
        order = self.create_order()
        attachments = self.as_user(self.env["ir.attachment"], self.sender).create(
            [{"name": name, "raw": b"data"} for name in FILE_NAMES]
        )
        dialog = self.open_dialog(order)
        dialog.file_ids.filtered("selected").name = "../../../main"
        dialog.upload_ids = attachments
        dialog.action_send()
        self.run_queue()
        (mail,) = self.mails
        names = [part.get_filename() for part in mail.message.iter_attachments()]
        self.assertEqual(len(names), 1 + len(FILE_NAMES))
        for name in names:
            self.assertRegex(name, r"^[\w -][\w .-]{0,99}$")
            self.assertNotIn("..", name)
        self.assertEqual(names[0], "main.pdf")
        self.assertTrue(mail.files[names[0]].startswith(b"%PDF"))

    def test_the_files_of_a_document_are_named_after_its_number(self):
        order = self.create_order(name="S/../../x\\00042")
        self.send(order)
        self.run_queue()
        (name,) = self.mails[0].files
        self.assertRegex(name, r"^[\w -]+00042\.pdf$")
        self.assertNotIn("..", name)
