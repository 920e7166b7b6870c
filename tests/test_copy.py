from odoo.modules.neutralize import get_neutralization_queries, neutralize_database
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestCopy(MailroomCommon):
    """A restored or copied database sends nothing by itself (T22)."""

    def setUp(self):
        super().setUp()
        self.waiting, self.deferred, self.sent, self.failed = (
            self.create_order() for _ in range(4)
        )
        for order in (self.deferred, self.sent):
            self.send(order, to=self.anna)
        self.server.refuse("anna@kund.test", 450, "4.2.1 mailbox busy")
        self.server.refuse("bo@kund.test", 550, "5.1.1 no such user")
        self.send(self.failed, to=self.bo)
        self.run_queue()
        self.send(self.waiting)
        self.mails.clear()
        self.server.logins = 0

    def become_a_copy(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("mailroom.database_identity", "of another database")

    def assertHeld(self):
        """Check that nothing leaves, now or later, and that documents say so."""
        for _ in range(3):
            self.run_queue()
            self.let_time_pass(days=1)
        self.assertFalse(self.mails)
        self.assertFalse(self.server.logins)
        for order in (self.waiting, self.deferred):
            self.assertEqual(order.mailroom_state, "held")
            (delivery,) = self.deliveries(order).values()
            self.assertIn("copy", self.as_user(delivery, self.manager).words)
        self.assertEqual(self.sent.mailroom_state, "sent")
        self.assertEqual(self.failed.mailroom_state, "failed")
        self.assertTrue(self.env["mailroom.guard"].get_notice()["holds"])

    def test_a_copy_holds_everything(self):
        self.become_a_copy()
        self.assertHeld()

    def test_what_is_sent_in_a_copy_is_held_too(self):
        self.become_a_copy()
        order = self.create_order()
        self.send(order)
        self.assertHeld()
        self.assertEqual(order.mailroom_state, "held")

    def test_another_database_uuid_makes_a_copy(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        self.assertHeld()

    def test_an_administrator_lets_it_send(self):
        self.become_a_copy()
        self.assertHeld()
        self.as_user(self.env["mailroom.guard"], self.create_admin()).allow_sending()
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"] * 2)
        for order in (self.waiting, self.deferred):
            self.assertEqual(order.mailroom_state, "sent")
        self.assertFalse(self.env["mailroom.guard"].get_notice()["holds"])

    def test_what_was_held_for_another_reason_stays_so(self):
        self.account.active = False
        order = self.create_order()
        self.send(order)
        self.run_queue()
        self.become_a_copy()
        self.run_queue()
        self.as_user(self.env["mailroom.guard"], self.create_admin()).allow_sending()
        self.run_queue()
        self.assertEqual(order.mailroom_state, "held")
        self.account.active = True
        self.run_queue()
        self.assertEqual(order.mailroom_state, "sent")

    def create_admin(self):
        return self.create_user("admin", "base.group_system")

    def test_a_neutralized_database_sends_nothing_and_knows_no_password(self):
        self.neutralize(neutralize_database)
        self.assertHeld()
        accounts = self.account | self.account_b
        self.assertEqual(set(accounts.mapped("mailroom_health")), {"paused"})
        self.assertFalse(any(account.smtp_pass for account in accounts.sudo()))
        self.assertFalse(self.env["mailroom.guard"].get_notice()["may_allow"])

    def test_neutralizing_our_part_alone_is_enough(self):
        self.neutralize(neutralize_only_mailroom)
        self.assertHeld()

    def neutralize(self, program):
        self.env.flush_all()
        program(self.env.cr)
        # Who opens the copy next starts with empty caches
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()


def neutralize_only_mailroom(cr):
    """Run our own part of what ``odoo neutralize`` runs."""
    (query,) = get_neutralization_queries(["mailroom"])
    cr.execute(query)
