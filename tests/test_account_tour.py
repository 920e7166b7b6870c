from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..models.ir_mail_server_session import IrMailServerSession
from ..tools import account_probe
from .common import MailroomCommon
from .company import create_company
from .mail_server import PASSWORD, USER, MailServer


@tagged("post_install", "-at_install")
class TestAccountTour(HttpCase, MailroomCommon):
    """From nothing to a test message that arrived, in a real browser."""

    registry_test_mode = True
    roles = ("sender", "manager", "admin")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "mailroom.allowed_networks", "127.0.0.0/8"
        )
        cls.firm = create_company(cls.env, "Tour", "firm.test")
        cls.admin.write({"company_ids": cls.firm.ids, "company_id": cls.firm.id})

    def setUp(self):
        super().setUp()
        self.mail_server = self.enterContext(MailServer())
        # A real line to a real server, on the port of this test instead of 587.
        self.patch(
            type(self.env["ir.mail_server"]),
            "_mailroom_open_session",
            IrMailServerSession._mailroom_open_session,
        )
        usual = ((self.mail_server.port, "starttls_strict"),)
        self.enterContext(patch.object(account_probe, "CANDIDATES", usual))

    def test_an_account_from_nothing(self):
        self.start_tour(
            "/odoo/action-mailroom.mailroom_settings_action",
            "mailroom_account_from_nothing",
            login=self.admin.login,
        )
        (envelope,) = self.mail_server.messages
        self.assertEqual(envelope.rcpt_tos, [self.admin.email])
        self.assertIn(b"From: Tour <office@firm.test>", envelope.content)
        self.assertTrue(all(encrypted for *_, encrypted in self.mail_server.logins))
        account = self.env["ir.mail_server"]._mailroom_account(self.firm)
        self.assertEqual(account.mailroom_company_id, self.firm)
        self.assertEqual(account.smtp_encryption, "starttls_strict")
        self.assertTrue(self.firm.mailroom_use_own_account)

    def test_a_wrong_password_is_mended(self):
        account = self.create_account(self.company, "x@firm.test", smtp_user=USER)
        (row,) = account.web_save(
            {
                "smtp_host": "localhost",
                "smtp_port": self.mail_server.port,
                "smtp_pass": "wrong",
                "mailroom_encryption": "starttls",
            },
            {"mailroom_health": {}},
        )
        self.assertEqual(row["mailroom_health"], "paused")
        view = self.env.ref("mailroom.mailroom_account_action").id
        self.start_tour(
            f"/odoo/action-{view}/{account.id}",
            "mailroom_account_wrong_password",
            login=self.manager.login,
        )
        account.invalidate_recordset()
        self.assertEqual(account.mailroom_health, "up")

    def test_my_own_mailbox(self):
        self.company.mailroom_user_accounts = True
        self.sender.email = USER
        self.start_tour(
            f"/odoo/my-preferences/{self.sender.id}",
            "mailroom_account_my_mailbox",
            login=self.sender.login,
        )
        mailbox = self.sender._mailroom_own_mailbox()
        self.assertEqual(mailbox.mailroom_health, "up")
        self.assertEqual(mailbox._mailroom_password(), PASSWORD)
        self.assertFalse(mailbox.mailroom_company_id)
