from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError

from .company import create_company
from .sms_common import SmsCommon

LONG = "a" * 200  # two parts


class TestSmsLimits(SmsCommon):
    """Quiet hours and the daily limit (F10, F11)."""

    def words(self, delivery):
        return self.as_user(delivery, self.manager).words

    # === THE DAILY LIMIT === #

    def send_three(self):
        return [self.send_sms(self.create_order(), LONG) for _each in range(3)]

    def test_what_exceeds_the_day_is_held_and_said_so(self):
        self.company.mailroom_sms_daily_parts = 5
        rows = self.send_three()
        self.run_queue()
        self.assertEqual([row.state for row in rows], ["sent", "sent", "held"])
        self.assertEqual(rows[2].hold_reason, "cap")
        self.assertEqual(rows[2].attempts, 0)
        self.assertIn("daily SMS limit of Ahlberg Service", self.words(rows[2]))
        for _each in range(2):
            self.run_queue()
        self.assertEqual(len(self.texts), 2)

    def test_what_may_have_been_taken_counts(self):
        self.company.mailroom_sms_daily_parts = 2
        rows = [self.send_sms(self.create_order(), LONG)]
        self.sms.answer("uncertain", "timeout")
        self.run_queue()
        self.let_time_pass(hours=1)
        rows.append(self.send_sms(self.create_order(), LONG))
        self.run_queue()
        self.assertEqual([row.state for row in rows], ["uncertain", "held"])

    def test_what_was_refused_does_not_count(self):
        self.company.mailroom_sms_daily_parts = 2
        self.send_sms(self.create_order(), LONG)
        self.sms.answer("failed", "gateway_refused", 400)
        self.run_queue()
        row = self.send_sms(self.create_order(), LONG)
        self.run_queue()
        self.assertEqual(row.state, "sent")

    def test_the_next_day_it_leaves(self):
        self.company.mailroom_sms_daily_parts = 5
        rows = self.send_three()
        self.run_queue()
        self.env.cr.execute(
            "UPDATE mailroom_attempt SET create_date = create_date - interval '1 day'"
        )
        self.env.invalidate_all()
        self.run_queue()
        self.assertEqual(rows[2].state, "sent")

    def test_a_higher_limit_lets_it_go(self):
        self.company.mailroom_sms_daily_parts = 5
        rows = self.send_three()
        self.run_queue()
        self.company.mailroom_sms_daily_parts = 6
        self.run_queue()
        self.assertEqual(rows[2].state, "sent")

    def test_a_manager_lets_it_go_and_that_is_logged(self):
        self.company.mailroom_sms_daily_parts = 3
        rows = self.send_three()
        self.run_queue()
        with self.assertRaises(AccessError):
            self.as_user(rows[1], self.sender).action_release_sms()
        self.as_user(rows[1], self.manager).action_release_sms()
        self.run_queue()
        self.assertEqual([row.state for row in rows], ["sent", "sent", "held"])
        log = self.env["mailroom.setting.log"].search([], limit=1)
        self.assertIn("limit exceeded by hand", log.setting)
        self.assertEqual(log.user_id, self.manager)

    def test_the_limit_is_the_companys_own(self):
        self.company.mailroom_sms_daily_parts = 1
        seller = self.create_user(
            "far", "sales_team.group_sale_salesman_all_leads", self.company_b
        )
        order = self.create_order(self.company_b)
        row = self.send_sms(order, LONG, user=seller)
        self.run_queue()
        self.assertEqual(row.state, "sent")

    # === QUIET HOURS === #

    def be_quiet(self, until=2):
        """Have it night now, for some hours more."""
        now = fields.Datetime.now()
        hour = now.hour + now.minute / 60
        self.company.write(
            {
                "mailroom_sms_quiet": True,
                "mailroom_sms_quiet_from": (hour - 1) % 24,
                "mailroom_sms_quiet_to": (hour + until) % 24,
            }
        )

    def test_what_a_rule_sends_waits_until_the_night_is_over(self):
        self.be_quiet()
        row = self.send_sms(self.create_order(), origin="rule", automatic=True)
        self.run_queue()
        self.assertEqual((row.state, row.attempts), ("deferred", 0))
        self.assertIn("Quiet hours: leaves at", self.words(row))
        self.assertFalse(self.sms.calls)
        self.company.mailroom_sms_quiet = False
        self.let_time_pass(hours=2, minutes=1)
        self.run_queue()
        self.assertEqual(row.state, "sent")

    def test_what_a_person_sends_leaves_after_a_warning(self):
        self.be_quiet()
        order = self.create_order()
        plan = self.plan_sms(order, to="0705123456")
        self.assertEqual(self.problems(plan), {"quiet": "warn"})
        self.assertIn("leaves at once", plan.problems[0].message)
        row = self.send_sms(order)
        self.run_queue()
        self.assertEqual(row.state, "sent")

    def test_what_would_be_too_late_goes_now(self):
        self.be_quiet()
        row = self.send_sms(self.create_order(), origin="rule", automatic=True)
        row.give_up_at = fields.Datetime.now() + timedelta(hours=1)
        self.run_queue()
        self.assertEqual(row.state, "sent")

    def test_the_clock_is_the_companys(self):
        self.company.mailroom_tz = "Europe/Stockholm"
        self.company.write(
            {
                "mailroom_sms_quiet": True,
                "mailroom_sms_quiet_from": 21.5,
                "mailroom_sms_quiet_to": 7,
            }
        )
        quiet = self.company._mailroom_quiet_until
        end = datetime(2026, 1, 11, 6)
        self.assertFalse(quiet(datetime(2026, 1, 10, 20, 29)))
        self.assertEqual(quiet(datetime(2026, 1, 10, 20, 30)), end)
        self.assertEqual(quiet(datetime(2026, 1, 11, 5, 59)), end)
        self.assertFalse(quiet(datetime(2026, 1, 11, 6)))
        # The night in which the clock is put forward is an hour shorter.
        self.assertEqual(quiet(datetime(2026, 3, 28, 23)), datetime(2026, 3, 29, 5))

    def test_hours_of_the_day_only(self):
        with self.assertRaisesRegex(ValidationError, "between 00:00 and 23:59"):
            self.company.mailroom_sms_quiet_to = 24

    # === SEVERAL WORKERS, BRANCHES === #

    def test_while_another_worker_counts_it_waits(self):
        self.company.mailroom_sms_daily_parts = 9
        row = self.send_sms(self.create_order())
        gateway = type(self.gateway)
        with patch.object(gateway, "_mailroom_take_turn", lambda *_args: False):
            self.run_queue()
        self.assertEqual((row.state, row.attempts), ("queued", 0))
        self.assertFalse(self.texts)
        self.run_queue()
        self.assertEqual(row.state, "sent")

    def test_a_branch_of_a_branch_has_a_limit_of_its_own(self):
        far = self.company
        for name in ("North", "Far"):
            far = create_company(
                self.env, name, f"{name.lower()}.test", parent_id=far.id
            )
        far.mailroom_sms_daily_parts = 1
        seller = self.create_user(
            "far", "sales_team.group_sale_salesman_all_leads", far
        )
        row = self.send_sms(self.create_order(far), LONG, user=seller)
        self.run_queue()
        self.assertEqual((row.gateway_id, row.state), (self.gateway, "held"))
