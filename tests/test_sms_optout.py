from odoo.exceptions import ValidationError

from .company import create_company
from .sms_common import SmsCommon

NUMBER = "+46705123456"


class TestSmsOptout(SmsCommon):
    """Who wants no text messages gets none he did not ask for (F10)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order()
        self.env["mailroom.optout"]._stop(self.company, NUMBER, text="STOP")

    def test_nothing_goes_there_by_itself(self):
        for wishes in (
            {"origin": "rule", "automatic": True},
            {"origin": "batch"},
            {"purpose": "message"},
        ):
            plan = self.plan_sms(self.order, to=NUMBER, **wishes)
            self.assertEqual(self.problems(plan), {"opted_out": "block"}, wishes)
        (problem,) = plan.problems
        self.assertIn(f"({NUMBER}) wants no text messages", problem.message)

    def test_a_person_may_send_the_document_after_a_warning(self):
        plan = self.plan_sms(self.order, to=NUMBER)
        self.assertEqual(self.problems(plan), {"opted_out": "warn"})
        self.send_sms(self.order, to=NUMBER)
        self.run_queue()
        self.assertEqual(len(self.texts), 1)

    def test_a_proposal_leaves_him_out_and_says_so(self):
        (self.anna | self.bo).mailroom_notify_sms = True
        plan = self.plan_sms(self.order, origin="rule", automatic=True)
        self.assertEqual([r.partner for r in plan.recipients], [self.bo])
        self.assertEqual(self.problems(plan), {"opted_out": "warn"})

    def test_if_nobody_is_left_nothing_can_be_sent(self):
        self.anna.mailroom_notify_sms = True
        plan = self.plan_sms(self.order, origin="rule", automatic=True)
        self.assertFalse(plan.recipients)
        self.assertTrue(plan.blocked)

    def test_it_is_said_to_one_company(self):
        order = self.create_order(self.company_b)
        admin = self.create_user(
            "other", "sales_team.group_sale_salesman_all_leads", self.company_b
        )
        plan = self.plan_sms(order, to=NUMBER, user=admin, purpose="message")
        self.assertFalse(plan.problems)

    def test_odoos_own_list_counts(self):
        self.env["mailroom.optout"]._start(self.company, NUMBER)
        plan = self.plan_sms(self.order, to=NUMBER, purpose="message")
        self.assertFalse(plan.problems)
        self.env["phone.blacklist"].add(NUMBER)
        plan = self.plan_sms(self.order, to=NUMBER, purpose="message")
        self.assertEqual(self.problems(plan), {"opted_out": "block"})

    def test_stop_twice_is_one_entry_and_a_typed_number_is_normalised(self):
        optouts = self.env["mailroom.optout"]
        optouts._stop(self.company, NUMBER)
        self.assertEqual(optouts.search_count([("number", "=", NUMBER)]), 1)
        entry = self.as_user(optouts, self.manager).create({"number": "08-123 45 67"})
        self.assertEqual(entry.number, "+4681234567")
        with self.assertRaisesRegex(ValidationError, "“12” is not a mobile number"):
            self.as_user(optouts, self.manager).create({"number": "12"})

    def test_who_says_stop_while_it_waits_gets_nothing(self):
        number = "+46705123499"
        row = self.send_sms(self.order, to=number, origin="rule", automatic=True)
        self.env["mailroom.optout"]._stop(self.company, number)
        self.run_queue()
        self.assertFalse(self.texts)
        self.assertEqual(row.state, "failed")
        words = self.as_user(row, self.manager).words
        self.assertIn("wants no text messages", words)

    # === WHAT WAITS === #

    def say_stop(self, row):
        """Say STOP while a message waits; return what becomes of it."""
        self.env["mailroom.optout"]._stop(self.company, row.address)
        self.let_time_pass(days=1)
        self.run_queue()
        return row.state, row.reason

    def test_what_a_manager_lets_go_does_not_leave_after_a_stop(self):
        self.company.mailroom_sms_daily_parts = 1
        self.send_sms(self.order, to="0705000001")
        row = self.send_sms(self.create_order(), to="0705000002", origin="rule")
        self.run_queue()
        self.assertEqual(row.state, "held")
        self.as_user(row, self.manager).action_release_sms()
        self.assertEqual(self.say_stop(row), ("failed", "opted_out"))
        self.assertEqual(len(self.texts), 1)

    def test_what_is_tried_again_does_not_leave_after_a_stop(self):
        row = self.send_sms(self.order, to="0705000002", origin="batch")
        self.sms.answer("deferred", "server_busy", 503)
        self.run_queue()
        self.assertEqual(row.state, "deferred")
        self.assertEqual(self.say_stop(row), ("failed", "opted_out"))

    def test_a_free_message_by_hand_does_not_leave_after_a_stop(self):
        row = self.send_sms(self.order, to="0705000002", purpose="message")
        self.assertEqual(self.say_stop(row), ("failed", "opted_out"))

    def test_what_was_asked_for_by_hand_leaves(self):
        row = self.send_sms(self.order, to="0705000002")
        self.assertEqual(self.say_stop(row)[0], "sent")

    # === BRANCHES === #

    def test_a_branch_hears_what_was_said_to_its_company(self):
        branch = create_company(
            self.env, "Ahlberg Syd", "syd.test", parent_id=self.company.id
        )
        optouts = self.env["mailroom.optout"]
        self.assertEqual(optouts._opted_out(branch, {NUMBER}), {NUMBER})
        optouts._start(self.company, NUMBER)
        optouts._stop(branch, NUMBER)
        self.assertFalse(optouts._opted_out(self.company, {NUMBER}))
