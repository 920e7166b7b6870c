from odoo.tests import tagged

from .common import MailroomCommon
from .company import create_company


@tagged("post_install", "-at_install")
class TestAccountChoice(MailroomCommon):
    """The right account, or none (A1, A2, D1, E3, G6, R12, S16)."""

    roles = ("sender", "biller", "manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        nobody = cls.env["res.company"]
        cls.system = cls.create_account(nobody, "system@host.test")
        cls.company_c = create_company(cls.env, "Cederholm", "cederholm.test")
        cls.servers = cls.env["ir.mail_server"]

    def choose(self, company, **kwargs):
        return self.servers._mailroom_account(company, **kwargs)

    def mailbox(self, user, **values):
        return self.servers.create(
            {
                "name": user.name,
                "mailroom_user_id": user.id,
                "smtp_host": "smtp.ahlberg.test",
                "smtp_user": user.email,
                "smtp_pass": "x",
                **values,
            }
        )

    # === COMPANIES === #

    def test_a_company_without_an_account_sends_through_the_system(self):
        self.assertEqual(self.choose(self.company_c), self.system)
        self.assertEqual(
            self.system._mailroom_sender(self.company_c),
            ("Cederholm", "system@host.test"),
        )

    def test_answers_go_to_the_company_not_to_the_system(self):
        order = self.create_order(self.company_c, partner_id=self.bo.id)
        seller = self.create_user(
            "seller_c", "sales_team.group_sale_salesman_all_leads", self.company_c
        )
        self.send(order, user=seller)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail.account, self.system)
        self.assertEqual(mail["From"], "Cederholm <system@host.test>")
        self.assertIn("info@cederholm.test", mail["Reply-To"])
        self.assertIsNone(mail["Sender"])
        self.assertEqual(mail.sender, "system@host.test", "envelope and From are one")

    def test_switching_the_own_account_off_goes_back_to_the_system(self):
        self.assertEqual(self.choose(self.company), self.account)
        self.company.mailroom_use_own_account = False
        self.assertEqual(self.choose(self.company), self.system)
        self.company.mailroom_use_own_account = True
        self.assertEqual(self.choose(self.company), self.account)

    def test_a_company_that_wants_its_own_account_gets_no_other(self):
        self.account.active = False
        self.assertFalse(self.choose(self.company))
        self.assertEqual(self.choose(self.company_b), self.account_b)

    def test_a_branch_uses_the_account_of_its_company(self):
        branch = create_company(
            self.env, "Ahlberg Syd", "syd.test", parent_id=self.company.id
        )
        self.assertEqual(self.choose(branch), self.account)
        own = self.create_account(branch, "post@syd.test")
        self.assertEqual(self.choose(branch), own)
        self.assertEqual(self.choose(self.company), self.account)

    def test_an_account_of_the_command_line_carries_nothing(self):
        self.system.smtp_authentication = "cli"
        self.assertFalse(self.choose(self.company_c))

    # === TEMPLATES === #

    def test_a_template_brings_an_account_that_may_carry_its_mail(self):
        self.company.mailroom_user_accounts = True
        template = self.env.ref("sale.email_template_edi_sale")
        second = self.create_account(self.company, "sales@ahlberg.test", sequence=99)
        for account, chosen in (
            (second, second),
            (self.system, self.system),
            (self.account_b, self.account),
            (self.mailbox(self.sender), self.account),
        ):
            template.mail_server_id = account
            with self.subTest(account.name):
                self.assertEqual(self.choose(self.company, template=template), chosen)

    # === USERS === #

    def test_what_a_user_sends_by_hand_leaves_through_his_mailbox(self):
        self.company.mailroom_user_accounts = True
        mailbox = self.mailbox(self.sender)
        order = self.create_order()
        self.send(order)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail.account, mailbox)
        self.assertEqual(mail["From"], f"{self.sender.name} <{self.sender.email}>")
        self.assertEqual(mail.sender, self.sender.email)

    def test_a_mailbox_is_for_its_user_and_by_hand_only(self):
        self.company.mailroom_user_accounts = True
        mailbox = self.mailbox(self.sender)
        self.assertEqual(self.choose(self.company, user=self.sender), mailbox)
        self.assertEqual(self.choose(self.company, user=self.biller), self.account)
        self.assertEqual(self.choose(self.company), self.account)
        self.assertEqual(self.choose(self.company_b, user=self.sender), self.account_b)
        self.company.mailroom_user_accounts = False
        self.assertEqual(self.choose(self.company, user=self.sender), self.account)

    def test_a_mailbox_connected_by_oauth_counts_as_well(self):
        self.company.mailroom_user_accounts = True
        connected = self.servers.create(
            {
                "name": "OAuth",
                "owner_user_id": self.sender.id,
                "smtp_host": "smtp.gmail.com",
                "smtp_user": self.sender.email,
                "from_filter": self.sender.email,
                "smtp_encryption": "starttls",
            }
        )
        self.assertEqual(self.choose(self.company, user=self.sender), connected)
        self.assertEqual(self.choose(self.company, user=self.biller), self.account)

    # === AN ACCOUNT GOES AWAY === #

    def test_what_waits_on_an_account_that_goes_is_held_and_leaves_anew(self):
        order = self.create_order()
        self.server.be_away()
        self.send(order)
        self.run_queue()
        for leave in ("archive", "change of company", "delete"):
            with self.subTest(leave):
                if leave == "archive":
                    self.account.active = False
                elif leave == "delete":
                    self.account.unlink()
                else:
                    self.account.mailroom_company_id = self.company_b
                self.env.flush_all()
                (row,) = self.deliveries(order).values()
                self.assertEqual((row.state, row.hold_reason), ("held", "no_account"))
                self.assertFalse(row.account_id)
                self.account = self.create_account(self.company, f"{leave[:3]}@a.test")
                self.run_queue()
                (row,) = self.deliveries(order).values()
                self.assertEqual(row.account_id, self.account)
        self.assertFalse(self.mails)
        self.server.mend()
        self.let_time_pass(minutes=5)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail["From"], "Ahlberg Service <del@a.test>")

    # === ANSWERS === #

    def test_answers_go_where_the_company_says(self):
        order = self.create_order()
        for values, address in (
            ({}, self.company.email),
            ({"mailroom_reply_to": "office@ahlberg.test"}, "office@ahlberg.test"),
            ({"mailroom_reply_to_person": True}, self.sender.email),
        ):
            self.company.write(values)
            with self.subTest(address):
                self.assertIn(address, order._mailroom_reply_to())
