from odoo.tests import tagged
from odoo.tools import SQL

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestAccountLimits(MailroomCommon):
    """Never more than the provider allows (C16, T21)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account.mailroom_limit_minute = 10

    def queue(self, count):
        """Queue so many messages; return their addresses in the order of queueing."""
        order = self.create_order()
        addresses = [f"customer{number}@kund.test" for number in range(count)]
        dialog = self.open_dialog(order)
        dialog.recipient_ids.selected = False
        dialog.other_addresses = ",".join(addresses)
        dialog.action_send()
        return order, addresses

    def pass_time(self, seconds):
        """Let time pass for the limits, too."""
        self.let_time_pass(seconds=seconds)
        for table, column in (
            ("mailroom_attempt", "create_date"),
            ("ir_mail_server", "mailroom_room_at"),
        ):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s - %s * interval '1 second'",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    SQL.identifier(column),
                    seconds,
                )
            )
        self.env.invalidate_all()

    def test_never_more_than_the_limit_in_any_window_and_in_order(self):
        order, addresses = self.queue(25)
        sent = []
        for expected in (10, 20, 25):
            self.run_queue()
            sent = [mail.recipient for mail in self.mails]
            self.assertEqual(len(sent), expected)
            self.pass_time(30)
            self.run_queue()
            self.assertEqual(len(self.mails), expected, "half a minute is not enough")
            self.pass_time(32)
        self.assertEqual(sent, addresses, "first come, first served")
        self.assertEqual(set(self.states(order).values()), {"sent"})

    def test_waiting_for_room_is_no_error(self):
        order, _addresses = self.queue(12)
        self.run_queue()
        waiting = [r for r in self.deliveries(order).values() if r.state != "sent"]
        self.assertEqual([row.state for row in waiting], ["deferred"] * 2)
        self.assertEqual({row.attempts for row in waiting}, {0})
        self.assertIn("your limit for this account is reached", waiting[0].words)
        self.assertEqual(order.mailroom_state, "queued")
        self.assertEqual(self.account.mailroom_health, "up")

    def test_waiting_long_for_room_is_not_given_up(self):
        order, _addresses = self.queue(12)
        self.run_queue()
        self.env.cr.execute(
            "UPDATE mailroom_delivery SET create_date = create_date - interval '5 days'"
        )
        self.env.invalidate_all()
        self.run_queue()
        self.assertNotIn("failed", self.states(order).values())
        self.pass_time(120)
        self.run_queue()
        self.assertEqual(len(self.mails), 12)

    def test_the_queue_is_woken_when_there_is_room(self):
        cron = self.env.ref("mailroom.mailroom_queue_cron")
        self.queue(11)
        self.run_queue()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn(self.account.mailroom_room_at, triggers.mapped("call_at"))
        accounts = self.env["ir.mail_server"]._mailroom_ready_accounts()
        self.assertNotIn(self.account, accounts)
        self.assertIn(self.account_b, accounts)

    def test_the_smallest_limit_counts(self):
        self.account.write({"mailroom_limit_minute": 10, "mailroom_limit_hour": 4})
        self.queue(12)
        self.run_queue()
        self.assertEqual(len(self.mails), 4)
        self.pass_time(120)
        self.run_queue()
        self.assertEqual(len(self.mails), 4)
        self.pass_time(3540)
        self.run_queue()
        self.assertEqual(len(self.mails), 8)

    def test_the_card_shows_what_is_used(self):
        self.queue(3)
        self.run_queue()
        self.account.invalidate_recordset()
        self.assertEqual(self.account.mailroom_used_day, 3)

    def test_a_refused_connection_uses_nothing_up(self):
        self.queue(1)
        self.server.be_away()
        self.run_queue()
        self.account.invalidate_recordset()
        self.assertEqual(self.account.mailroom_used_day, 0)
