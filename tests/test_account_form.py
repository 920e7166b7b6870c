from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..models.ir_mail_server_session import IrMailServerSession
from .common import MailroomCommon
from .company import create_company
from .mail_server import PASSWORD, USER, MailServer

SPEC = {
    "mailroom_health": {},
    "mailroom_trouble": {},
    "smtp_port": {},
    "smtp_encryption": {},
}


@tagged("post_install", "-at_install")
class TestAccountForm(MailroomCommon):
    """Saving an account tests it and says in plain words what is wrong (A3, T11)."""

    roles = ("sender", "manager", "admin", "internal")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "mailroom.allowed_networks", "127.0.0.0/8"
        )
        cls.company_c = create_company(cls.env, "Cederholm", "firm.test")

    def save(self, values, user=None, account=None):
        """Save the form as the web client does; return the account."""
        servers = self.env["ir.mail_server"].with_user(user or self.admin)
        servers = servers.browse(account.id) if account else servers
        (row,) = servers.web_save(values, SPEC)
        return self.env["ir.mail_server"].browse(row["id"])

    def values(self, server, **changes):
        """Return what somebody types who knows no more than his mailbox."""
        return {
            "name": "Office",
            "mailroom_address": USER,
            "smtp_user": USER,
            "smtp_pass": PASSWORD,
            "smtp_host": "localhost",
            "smtp_port": server.port,
            "mailroom_encryption": "auto",
            "mailroom_company_id": self.company_c.id,
            **changes,
        }

    # === IT WORKS === #

    def test_automatic_encryption_finds_starttls(self):
        with MailServer("starttls") as server:
            account = self.save(self.values(server))
        self.assertEqual(account.mailroom_health, "up")
        self.assertEqual(account.smtp_encryption, "starttls_strict")
        self.assertEqual(account.smtp_port, server.port)
        self.assertEqual(server.logins, [(USER, PASSWORD, True)])
        self.assertFalse(server.messages, "a test sends nothing")

    def test_automatic_encryption_finds_tls(self):
        with MailServer("implicit") as server:
            account = self.save(self.values(server))
        self.assertEqual(account.mailroom_health, "up")
        self.assertEqual(account.smtp_encryption, "ssl_strict")

    def test_automatic_encryption_never_sends_a_password_in_the_clear(self):
        with MailServer("") as server:
            account = self.save(self.values(server))
        self.assertEqual(account.mailroom_health, "paused")
        self.assertFalse(server.logins)
        self.assertIn("Check: Encryption", account.mailroom_trouble)

    def test_making_a_companys_account_switches_it_on(self):
        self.assertFalse(self.company_c.mailroom_use_own_account)
        with MailServer() as server:
            account = self.save(self.values(server))
        self.assertTrue(self.company_c.mailroom_use_own_account)
        self.assertEqual(
            self.env["ir.mail_server"]._mailroom_account(self.company_c), account
        )

    def test_mending_the_password_lets_the_mail_go(self):
        with MailServer() as server:
            account = self.save(self.values(server, smtp_pass="wrong"))
            self.assertEqual(account.mailroom_health, "paused")
            self.save({"smtp_pass": PASSWORD}, account=account)
        self.assertEqual(account.mailroom_health, "up")
        self.assertIn("password", account.mailroom_trouble, "the last error is kept")

    def test_a_change_that_has_nothing_to_do_with_the_line_tests_nothing(self):
        with MailServer() as server:
            account = self.save(self.values(server))
            self.save({"mailroom_limit_minute": 60}, account=account)
        self.assertEqual(len(server.logins), 1)

    # === WHAT IS WRONG === #

    def assertTrouble(self, account, reason, words, field):
        self.assertEqual(account.mailroom_reason, reason)
        self.assertEqual(account.mailroom_health, "paused")
        self.assertIn(words, account.mailroom_trouble)
        self.assertIn(f"Check: {field}", account.mailroom_trouble)

    def test_the_password_is_wrong(self):
        with MailServer() as server:
            account = self.save(self.values(server, smtp_pass="wrong"))
        self.assertTrouble(
            account,
            "password_refused",
            "password was refused",
            "User Name and Password",
        )
        self.assertEqual(len(server.logins), 1, "a second try would lock the mailbox")

    def test_the_name_is_wrong(self):
        with MailServer() as server:
            values = self.values(server, smtp_host="mail.does-not-exist.invalid")
            account = self.save(values)
        self.assertTrouble(account, "host_not_found", "was not found", "SMTP Server")

    def test_the_port_is_closed(self):
        with MailServer() as server:
            values = self.values(server, mailroom_encryption="starttls")
        account = self.save(values)
        self.assertTrouble(account, "refused", "Nothing answers on this port", "Port")

    def test_the_certificate_is_for_another_name(self):
        with MailServer(host="other.test") as server:
            account = self.save(self.values(server))
        self.assertTrouble(
            account, "certificate_host", "made out to another name", "SMTP Server"
        )
        self.assertFalse(server.logins)

    def test_the_certificate_is_worth_nothing(self):
        for certificate, reason in (
            ({"self_signed": True}, "certificate"),
            ({"expired": True}, "certificate_expired"),
        ):
            for tls in ("starttls", "implicit"):
                with self.subTest(reason, tls=tls):
                    with MailServer(tls, **certificate) as server:
                        account = self.save(
                            self.values(server, mailroom_company_id=False)
                        )
                    self.assertEqual(account.mailroom_reason, reason)
                    self.assertFalse(server.logins)

    def test_the_sender_is_refused(self):
        with MailServer(refused_senders=("boss@firm.test",)) as server:
            values = self.values(server, mailroom_address="boss@firm.test")
            account = self.save(values)
        self.assertTrouble(
            account, "sender_refused", "sender address was refused", "Sender Address"
        )

    def test_the_password_is_missing(self):
        with MailServer() as server:
            account = self.save(self.values(server, smtp_pass=False))
        self.assertTrouble(
            account, "password_missing", "password is missing", "Password"
        )
        self.assertFalse(server.logins)

    def test_the_server_is_inside_the_network(self):
        self.env["ir.config_parameter"].set_param("mailroom.allowed_networks", "")
        for host in ("localhost", "127.0.0.1", "10.0.0.5", "169.254.169.254", "[::1]"):
            with self.subTest(host), MailServer() as server:
                account = self.save(
                    self.values(server, smtp_host=host, mailroom_company_id=False)
                )
                self.assertEqual(account.mailroom_reason, "blocked_address")
                self.assertFalse(server.logins)
                with self.assertRaisesRegex(UserError, "address is not allowed"):
                    account.with_user(self.admin).test_smtp_connection()

    # === ONE REAL MESSAGE === #

    def test_a_real_test_arrives(self):
        with MailServer() as server:
            account = self.save(self.values(server), user=self.admin)
            self.patch(
                type(account),
                "_mailroom_open_session",
                IrMailServerSession._mailroom_open_session,
            )
            answer = account.with_user(self.admin).action_mailroom_send_test()
        self.assertIn("took the test message", answer["params"]["message"])
        (envelope,) = server.messages
        self.assertEqual(envelope.rcpt_tos, [self.admin.email])
        self.assertEqual(envelope.mail_from, USER)
        self.assertIn(b"From: Cederholm <office@firm.test>", envelope.content)

    def test_a_copy_of_the_database_sends_no_test(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "True")
        with self.assertRaisesRegex(UserError, "database is a copy"):
            self.account.with_user(self.admin).action_mailroom_send_test()

    # === FILLING IN === #

    def new_form(self):
        """Open the form for a new account of the company."""
        company = self.company_c.with_user(self.admin)
        action = company.action_mailroom_account()
        servers = self.env["ir.mail_server"].with_user(self.admin)
        return Form(
            servers.with_context(**action["context"]),
            "mailroom.mailroom_account_view_form",
        )

    def test_a_provider_fills_in_the_server(self):
        with self.new_form() as form:
            self.assertEqual(form.mailroom_encryption, "auto")
            form.name = "Fastmail"
            form.mailroom_provider = "fastmail"
            self.assertEqual(form.smtp_host, "smtp.fastmail.com")
            self.assertEqual(form.smtp_port, 465)
            self.assertEqual(form.mailroom_encryption, "ssl")
            self.assertIn("app password", form.mailroom_provider_note)
        self.assertEqual(form.record.smtp_encryption, "ssl_strict")

    def test_a_provider_can_be_overruled(self):
        form = self.new_form()
        form.mailroom_provider = "mailbox_org"
        form.mailroom_encryption = "starttls"
        self.assertEqual(form.smtp_port, 587)
        form.mailroom_encryption = "auto"
        self.assertFalse(form.smtp_port)
