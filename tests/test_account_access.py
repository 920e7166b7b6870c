from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestAccountAccess(MailroomCommon):
    """Who may see and set which account (E9, B7, D1, S16, S20)."""

    roles = ("sender", "manager", "admin", "internal", "editor")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = cls.create_account(cls.env["res.company"], "system@host.test")
        cls.company.mailroom_user_accounts = True
        cls.mailbox = cls.env["ir.mail_server"].create(
            cls.mailbox_values(cls.sender, smtp_pass="my own")
        )

    @classmethod
    def mailbox_values(cls, user, **values):
        return {
            "name": user.name,
            "mailroom_user_id": user.id,
            "smtp_host": "smtp.ahlberg.test",
            "smtp_user": user.email,
            "mailroom_address": user.email,
            "mailroom_encryption": "starttls",
            **values,
        }

    def seen_by(self, user):
        known = self.account | self.account_b | self.system | self.mailbox
        return self.env["ir.mail_server"].with_user(user).search([]).sudo() & known

    # === SEEING === #

    def test_who_sees_which_account(self):
        for user, accounts in (
            (self.admin, self.account | self.account_b | self.system | self.mailbox),
            (self.manager, self.account | self.system),
            (self.sender, self.mailbox),
            (self.editor, self.env["ir.mail_server"]),
            (self.internal, self.env["ir.mail_server"]),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.seen_by(user), accounts)

    # === MAIL MANAGERS === #

    def test_a_manager_looks_after_his_companies_accounts(self):
        account = self.account.with_user(self.manager)
        account.write({"mailroom_name": "Ahlberg", "mailroom_limit_day": 500})
        account.action_mailroom_resume()
        new = account.create(
            {
                "name": "Second",
                "smtp_host": "smtp.ahlberg.test",
                "smtp_user": "two@ahlberg.test",
                "smtp_pass": "secret",
                "mailroom_encryption": "ssl",
                "mailroom_company_id": self.company.id,
            }
        )
        self.assertEqual(new.smtp_encryption, "ssl_strict")
        new.unlink()

    def test_a_manager_leaves_other_accounts_alone(self):
        for account in (self.account_b, self.system, self.mailbox):
            theirs = account.with_user(self.manager)
            for act in (
                lambda a=theirs: a.write({"mailroom_name": "Mine"}),
                lambda a=theirs: a.action_mailroom_resume(),
                lambda a=theirs: a.action_mailroom_check(),
                lambda a=theirs: a.action_mailroom_send_test(),
                lambda a=theirs: a.action_mailroom_check_dns(),
                lambda a=theirs: a.test_smtp_connection(),
                lambda a=theirs: a.unlink(),
            ):
                with self.subTest(account.name), self.assertRaises(AccessError):
                    act()

    def test_a_manager_gives_no_account_to_another_company(self):
        with self.assertRaises(AccessError):
            self.account.with_user(self.manager).mailroom_company_id = self.company_b
        servers = self.env["ir.mail_server"].with_user(self.manager)
        for owner in (self.company_b.id, False):
            with self.subTest(owner=owner), self.assertRaises(AccessError):
                servers.create({"name": "X", "mailroom_company_id": owner})

    def test_some_things_need_a_system_administrator(self):
        account = self.account.with_user(self.manager)
        for name, value in (
            ("smtp_authentication", "cli"),
            ("from_filter", "boss@other.test"),
            ("smtp_debug", True),
            ("mailroom_health", "up"),
            ("mailroom_secret", "x"),
            ("owner_user_id", self.manager.id),
            ("sequence", 1),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                account.write({name: value})

    def test_encryption_without_a_check_needs_a_system_administrator(self):
        for word in ("starttls_unverified", "ssl_unverified", "none"):
            with self.subTest(word), self.assertRaises(ValidationError):
                self.account.with_user(self.manager).mailroom_encryption = word
        self.account.with_user(self.admin).mailroom_encryption = "ssl_unverified"
        self.assertEqual(self.account.smtp_encryption, "ssl")

    def test_resuming_is_written_down(self):
        self.account.mailroom_health = "paused"
        self.account.with_user(self.manager).action_mailroom_resume()
        (line,) = self.env["mailroom.setting.log"].search(
            [("account_id", "=", self.account.id), ("setting", "=", "Health")]
        )
        self.assertEqual((line.new, line.user_id), ("Resumed", self.manager))

    # === MY OWN MAILBOX === #

    def test_a_user_sets_up_his_own_mailbox_only(self):
        servers = self.env["ir.mail_server"].with_user(self.internal)
        mine = servers.create(self.mailbox_values(self.internal))
        mine.smtp_pass = "changed"
        self.assertEqual(mine.smtp_encryption, "starttls_strict")
        with self.assertRaises(AccessError):
            servers.create(self.mailbox_values(self.manager))
        with self.assertRaises(AccessError):
            servers.create(
                {**self.mailbox_values(self.internal), "mailroom_user_id": 0}
            )
        with self.assertRaises(AccessError):
            mine.mailroom_company_id = self.company
        with self.assertRaises(AccessError):
            self.mailbox.with_user(self.internal).read(["smtp_user"])

    def test_no_mailbox_where_the_company_does_not_want_it(self):
        self.company.mailroom_user_accounts = False
        servers = self.env["ir.mail_server"].with_user(self.internal)
        with self.assertRaisesRegex(AccessError, "does not let users send"):
            servers.create(self.mailbox_values(self.internal))

    def test_nobody_sends_as_somebody_else(self):
        mine = self.mailbox.with_user(self.sender)
        with self.assertRaises(ValidationError):
            mine.mailroom_address = "ceo@ahlberg.test"
        mine.mailroom_name = "The CEO"
        self.assertEqual(
            self.mailbox._mailroom_sender(self.company),
            (self.sender.name, self.sender.email),
        )

    def test_a_sender_name_is_no_address(self):
        with self.assertRaisesRegex(ValidationError, "another address"):
            self.account.mailroom_name = "ceo@other.test"

    def test_my_preferences_show_my_mailbox(self):
        user = self.sender.with_user(self.sender)
        self.assertTrue(user.mailroom_may_use_mailbox)
        self.assertIn(self.sender.email, user.mailroom_mailbox)
        action = user.action_mailroom_mailbox()
        self.assertEqual(action["res_id"], self.mailbox.id)
        with self.assertRaises(AccessError):
            self.sender.with_user(self.internal).action_mailroom_mailbox()

    # === ODOO'S OWN MAIL === #

    def test_odoo_itself_uses_no_private_and_no_foreign_account(self):
        mails = self.env["mail.mail"].create(
            [
                {"record_company_id": company.id, "email_to": "x@kund.test"}
                for company in (self.company, self.company_b)
            ]
        )
        known = self.account | self.account_b | self.system | self.mailbox
        self.assertEqual(
            mails[0]._filter_mail_mail_servers(known), self.account | self.system
        )
        self.assertEqual(
            mails[1]._filter_mail_mail_servers(known), self.account_b | self.system
        )
        self.assertEqual(mails._filter_mail_mail_servers(known), self.system)
        servers = self.env["ir.mail_server"].with_company(self.company)
        for address in (self.sender.email, "post@bjork.test"):
            found, _sender = servers._find_mail_server(address)
            self.assertIn(found, self.account | self.system)

    def test_sharing_a_group_gives_no_further_right(self):
        self.internal.group_ids = [
            Command.link(self.env.ref("mailroom.mailroom_group_template_editor").id)
        ]
        self.assertFalse(self.seen_by(self.internal))
