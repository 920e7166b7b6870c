from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.smtp_reply import classify
from .common import MailroomCommon
from .company import create_company

ALL_ORDERS = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestOutboxAccounts(MailroomCommon):
    """The right sender or none (G6), and an account in trouble (R6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company | cls.company_b
        cls.seller = cls.create_user("seller", ALL_ORDERS, both)

    def accounts_used(self):
        return {mail.recipient: mail.account for mail in self.mails}

    def words(self, document):
        (delivery,) = self.deliveries(document).values()
        return self.as_user(delivery, self.manager).words

    # === THE RIGHT SENDER === #

    def test_each_company_sends_through_its_own_account(self):
        mine = self.create_order()
        theirs = self.create_order(self.company_b, partner_id=self.bo.id)
        for order in (mine, theirs):
            self.send(order, user=self.seller)
        self.run_queue()
        self.assertEqual(
            self.accounts_used(),
            {"anna@kund.test": self.account, "bo@kund.test": self.account_b},
        )
        senders = {mail.recipient: mail.sender for mail in self.mails}
        self.assertEqual(senders["anna@kund.test"], "post@ahlberg.test")
        self.assertEqual(senders["bo@kund.test"], "post@bjork.test")
        self.assertIn("Björk Bygg <post@bjork.test>", self.mails[1]["From"])

    def test_without_an_account_it_is_held_and_leaves_once_there_is_one(self):
        self.account.active = False
        order = self.create_order()
        dialog = self.open_dialog(order)
        self.assertEqual([a["level"] for a in dialog.alerts.values()], ["warning"])
        dialog.action_send()
        self.run_queue()
        self.assertFalse(self.server.logins, "never through another company's account")
        self.assertEqual(order.mailroom_state, "held")
        self.assertIn("Ahlberg Service has no sender account", self.words(order))
        self.account.active = True
        self.run_queue()
        self.assertEqual(self.accounts_used(), {"anna@kund.test": self.account})
        self.assertEqual(order.mailroom_state, "sent")

    def test_an_account_of_another_company_cannot_be_chosen(self):
        order = self.create_order()
        for user, offered in (
            (self.sender, self.account),
            (self.seller, self.account | self.account_b),
        ):
            dialog = self.open_dialog(order, user=user)
            keys = dict(dialog._fields["account"]._description_selection(dialog.env))
            self.assertEqual(set(keys), set(map(str, offered.ids)))
            self.assertEqual(dialog.account, str(self.account.id))
        with self.assertRaisesRegex(UserError, "may not carry mail of Ahlberg"):
            dialog.account = str(self.account_b.id)
            dialog.action_send()
        self.assertFalse(self.dispatches(order))

    def test_a_template_cannot_bring_another_companys_account(self):
        template = self.env.ref("sale.email_template_edi_sale")
        template.mail_server_id = self.account_b
        order = self.create_order()
        self.send(order)
        self.run_queue()
        self.assertEqual(self.accounts_used(), {"anna@kund.test": self.account})

    def test_an_account_moved_to_another_company_lets_go_of_what_waits(self):
        order = self.create_order()
        self.send(order)
        self.account.mailroom_company_id = self.company_b
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(order.mailroom_state, "held")

    def test_a_branch_uses_the_account_of_its_company(self):
        branch = create_company(
            self.env, "Ahlberg North", "north.test", parent_id=self.company.id
        )
        order = self.create_order(branch)
        self.send(order, user=self.create_user("north", ALL_ORDERS, branch))
        self.run_queue()
        self.assertEqual(self.accounts_used(), {"anna@kund.test": self.account})

    # === AN ACCOUNT IN TROUBLE === #

    def notices(self):
        subject = f"Sender account “{self.account.name}” is paused"
        return self.env["mail.message"].search([("subject", "=", subject)])

    def test_a_refused_password_pauses_the_account_and_says_so_once(self):
        orders = [self.create_order() for _ in range(3)]
        for order in orders:
            self.send(order)
        self.server.refuse_login(535)
        for _ in range(3):
            self.run_queue()
            self.let_time_pass(hours=5)
        self.assertEqual(self.account.mailroom_health, "paused")
        self.assertEqual(self.server.logins, 1, "a refused password is not tried again")
        self.assertEqual(len(self.notices()), 1)
        self.assertIn(self.manager.partner_id, self.notices().notified_partner_ids)
        for order in orders:
            self.assertEqual(order.mailroom_state, "queued")
            self.assertIn("is paused", self.words(order))
            (delivery,) = self.deliveries(order).values()
            self.assertEqual(delivery.attempts, 0)

    def test_what_waits_leaves_when_somebody_presses_resume(self):
        orders = [self.create_order() for _ in range(3)]
        for order in orders:
            self.send(order)
        self.server.refuse_login(535)
        self.run_queue()
        self.server.mend()
        self.run_queue()
        self.assertFalse(self.mails)
        self.account.action_mailroom_resume()
        self.run_queue()
        self.assertEqual(len(self.mails), 3)
        self.assertEqual({order.mailroom_state for order in orders}, {"sent"})

    def test_what_a_paused_account_keeps_is_not_given_up(self):
        order = self.create_order()
        self.send(order)
        self.server.refuse_login(535)
        self.run_queue()
        self.let_time_pass(days=5)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "queued")

    def test_the_accounts_of_others_go_on(self):
        mine = self.create_order()
        theirs = self.create_order(self.company_b)
        for order in (mine, theirs):
            self.send(order, user=self.seller)
        self.account._mailroom_mark_paused(classify("auth", 535, "5.7.8 no"))
        self.run_queue()
        self.assertEqual(self.accounts_used(), {"anna@kund.test": self.account_b})
        self.assertEqual(mine.mailroom_state, "queued")

    def test_a_server_that_is_away_is_tried_again_by_itself(self):
        order = self.create_order()
        self.send(order)
        self.server.be_away()
        self.run_queue()
        self.assertEqual(self.account.mailroom_health, "cooling")
        self.assertEqual(order.mailroom_state, "queued")
        self.assertIn("the mail server does not answer", self.words(order))
        self.server.mend()
        self.run_queue()
        self.assertFalse(self.mails, "not before its time")
        self.let_time_pass(hours=1)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "sent")
        self.assertEqual(self.account.mailroom_health, "up")
        self.assertFalse(self.notices())
