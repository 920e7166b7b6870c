from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import MailroomCommon

MASK = "••••••••"


@tagged("post_install", "-at_install")
class TestAccountSettings(MailroomCommon):
    """What a company decides about its mail, and who changed what (A2, E8 to E11)."""

    roles = ("sender", "manager", "admin", "internal", "editor")

    def log(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["mailroom.setting.log"].search(domain)

    def settings(self, user, company=None):
        model = self.env["mailroom.settings"].with_user(user)
        return model.with_company(company or self.company)

    # === WHO === #

    def test_a_mail_manager_changes_settings_of_his_company(self):
        action = self.settings(self.manager).action_open()
        settings = self.settings(self.manager).browse(action["res_id"])
        with Form(settings) as form:
            form.mailroom_reply_to = "office@ahlberg.test"
            form.mailroom_show_logo = False
        self.assertEqual(self.company.mailroom_reply_to, "office@ahlberg.test")
        self.assertFalse(self.company.mailroom_show_logo)

    def test_nobody_else_does(self):
        for user in (self.sender, self.editor, self.internal):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.settings(user).create({"mailroom_bcc": True})
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.company.with_user(user).mailroom_bcc = True
        with self.assertRaises(AccessError):
            self.settings(self.manager).create(
                {"company_id": self.company_b.id, "mailroom_show_logo": False}
            )
        mine = self.settings(self.manager).create({})
        with self.assertRaises(AccessError):
            mine.company_id = self.company_b
        with self.assertRaises(AccessError):
            mine.mailroom_account_id = self.account_b
        self.assertTrue(self.company_b.mailroom_show_logo)

    def test_an_administrator_sets_them_where_all_settings_are(self):
        action = self.settings(self.admin).action_open()
        self.assertEqual(action["res_model"], "res.config.settings")
        settings = self.env["res.config.settings"].with_user(self.admin)
        settings = settings.with_company(self.company)
        settings.create({"mailroom_user_accounts": True}).execute()
        self.assertTrue(self.company.mailroom_user_accounts)
        self.assertFalse(self.company_b.mailroom_user_accounts)

    def test_an_account_made_by_an_oauth_addon_can_be_chosen(self):
        nobody = self.env["res.company"]
        connected = self.create_account(nobody, "oauth@ahlberg.test")
        settings = self.env["res.config.settings"].with_user(self.admin)
        settings = settings.with_company(self.company)
        settings.create({"mailroom_account_id": connected.id}).execute()
        servers = self.env["ir.mail_server"]
        self.assertEqual(servers._mailroom_account(self.company), connected)
        self.assertFalse(self.account.mailroom_company_id)

    def test_networks_are_networks(self):
        settings = self.env["res.config.settings"].with_user(self.admin)
        with self.assertRaisesRegex(ValidationError, "10.0.0.0/99"):
            settings.create({"mailroom_allowed_networks": "10.0.0.0/99"})

    def test_addresses_are_addresses(self):
        for values in (
            {"mailroom_reply_to": "office at ahlberg"},
            {"mailroom_bcc": True, "mailroom_bcc_address": "a@b.test, c@d.test"},
            {"mailroom_bcc": True, "mailroom_bcc_address": False},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.company.write(values)

    # === THE LOG === #

    def test_every_change_is_written_down(self):
        self.settings(self.manager).create(
            {"mailroom_reply_to": "a@ahlberg.test", "mailroom_show_social": False}
        )
        lines = self.log(company_id=self.company.id, user_id=self.manager.id)
        found = {line.setting: (line.old, line.new) for line in lines}
        self.assertEqual(found["Answers Go To"], ("", "a@ahlberg.test"))
        self.assertEqual(found["Show Social Links"], ("Yes", "No"))
        self.assertEqual(len(lines), 2, "what did not change is not logged")

    def test_changes_of_an_account_are_written_down_without_the_password(self):
        account = self.account.with_user(self.manager)
        account.write({"smtp_pass": "new password", "mailroom_limit_day": 5})
        lines = self.log(account_id=self.account.id, user_id=self.manager.id)
        found = {line.setting: (line.old, line.new) for line in lines}
        self.assertEqual(found["Password"], (MASK, MASK))
        self.assertEqual(found["Messages per Day"], ("", "5"))
        account.write({"mailroom_encryption": "ssl"})
        line = self.log(account_id=self.account.id, setting="Connection Encryption")[:1]
        self.assertEqual(line.new, "SSL/TLS, encryption and validation")

    def test_only_managers_of_the_company_read_the_log(self):
        self.company_b.mailroom_show_logo = False
        self.company.mailroom_show_logo = False
        logs = self.env["mailroom.setting.log"]
        seen = logs.with_user(self.manager).search([])
        self.assertTrue(seen)
        self.assertEqual(seen.company_id, self.company)
        for user in (self.sender, self.internal, self.editor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                logs.with_user(user).search([])
        for user in (self.manager, self.admin):
            with self.subTest(user.login), self.assertRaises(AccessError):
                seen.with_user(user).write({"old": "x"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                seen.with_user(user).unlink()

    # === THE LOOK === #

    def html(self):
        order = self.create_order()
        layout = self.env["mailroom.layout"]
        return layout._render(order, "<p>Hello</p>", partner=self.anna)

    def test_logo_address_and_pages_can_be_left_out(self):
        self.company.write(
            {
                "logo": self.env.ref("base.main_company").logo
                or self.env.user.image_128,
                "social_facebook": "https://facebook.com/ahlberg",
                "social_youtube": "javascript:alert(1)",
            }
        )
        html = self.html()
        for text in ("Storgatan 1", "+46 8 123 45 67", "cid:mailroom-facebook"):
            self.assertIn(text, html)
        self.assertNotIn("javascript", html)
        images = self.env["mailroom.layout"]._images(self.company)
        self.assertIn("mailroom-facebook", [image.name for image in images])
        self.company.write(
            {
                "mailroom_show_logo": False,
                "mailroom_show_address": False,
                "mailroom_show_social": False,
            }
        )
        html = self.html()
        for text in ("Storgatan 1", "+46 8", "cid:", "facebook"):
            self.assertNotIn(text, html)
        self.assertIn("Ahlberg Service", html)
        self.assertFalse(self.env["mailroom.layout"]._images(self.company))

    def test_an_answer_carries_the_message_it_answers(self):
        order = self.create_order()
        order.message_post(
            body="Can you come on <b>Tuesday</b>?",
            author_id=self.anna.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        layout = self.env["mailroom.layout"]
        self.assertIn("Tuesday", layout._render(order, "<p>Yes</p>", partner=self.anna))
        self.assertIn("> Can you", layout._text(order, "<p>Yes</p>", None, self.anna))
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        for partner in (stranger, None):
            self.assertNotIn("Tuesday", layout._render(order, "", partner=partner))
        self.company.mailroom_show_context = False
        self.assertNotIn("Tuesday", layout._render(order, "", partner=self.anna))

    def test_what_leaves_quotes_the_customer_and_not_ourselves(self):
        order = self.create_order()
        order.message_post(
            body="Can you come on Tuesday?",
            author_id=self.anna.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.send(order, body="<p>Yes, at eight</p>")
        self.run_queue()
        self.assertIn("Tuesday", self.mails[0].html)
        self.send(order, body="<p>No, at nine</p>")
        self.run_queue()
        self.assertNotIn("Tuesday", self.mails[1].html, "it was answered already")

    # === BLIND COPY === #

    def test_a_blind_copy_is_seen_by_nobody(self):
        self.company.write(
            {"mailroom_bcc": True, "mailroom_bcc_address": "archive@ahlberg.test"}
        )
        order = self.create_order()
        self.send(order, to=self.anna | self.bo)
        self.run_queue()
        by_recipient = {mail.recipient: mail for mail in self.mails}
        self.assertEqual(len(by_recipient), 3)
        for mail in self.mails:
            self.assertNotIn(b"archive@", mail.raw)
        copy = by_recipient["archive@ahlberg.test"]
        self.assertIn("anna@kund.test", copy["To"])
        self.assertIn("bo@kund.test", copy["To"])
        self.assertEqual(order.mailroom_state, "sent")
        self.assertEqual(set(self.states(order)), {"anna@kund.test", "bo@kund.test"})

    def test_a_blind_copy_that_fails_does_not_make_the_document_unsent(self):
        self.company.write(
            {"mailroom_bcc": True, "mailroom_bcc_address": "archive@ahlberg.test"}
        )
        self.server.refuse("archive@ahlberg.test", 550, "5.1.1 unknown user")
        order = self.create_order()
        self.send(order)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "sent")
        self.assertEqual(self.dispatches(order).copy_ids.state, "failed")

    def test_a_cancelled_message_leaves_no_copy(self):
        self.company.write(
            {"mailroom_bcc": True, "mailroom_bcc_address": "archive@ahlberg.test"}
        )
        order = self.create_order()
        dispatch = self.send(order)
        dispatch.delivery_ids._cancel()
        self.assertEqual(dispatch.copy_ids.state, "cancelled")
        self.run_queue()
        self.assertFalse(self.mails)
