from odoo.tests import tagged

from ..tools.plan import Wishes
from .common import GROUPS
from .rule_common import RuleCommon


@tagged("post_install", "-at_install")
class TestRuleFire(RuleCommon):
    """What every rule does: once per document, never by surprise, and never in the way
    of a person's own work."""

    # === ONCE === #

    def test_message_leaves_and_names_the_rule(self):
        self.fire(self.order)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail.recipient, "anna@kund.test")
        self.assertEqual(mail["Subject"], f"Delivered {self.order.name}")
        self.assertEqual(self.dispatches(self.order).rule, "Out of the Door")
        self.assertEqual(self.dispatches(self.order).user_id, self.sender)
        self.assertIn("Out of the Door", self.notes(self.order))
        status = self.as_user(self.order, self.sender).mailroom_get_status()
        self.assertEqual(status["messages"][0]["rule"], "Out of the Door")

    def test_a_rule_fires_once_per_document(self):
        self.fire(self.order)
        self.run_queue()
        self.assertFalse(self.fire(self.order))
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_what_was_stopped_in_time_may_come_again(self):
        self.fire(self.order, mode="hold", minutes=5)
        waiting = self.dispatches(self.order).delivery_ids
        self.as_user(waiting, self.sender).action_cancel()
        self.fire(self.order)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_held_for_some_minutes(self):
        self.fire(self.order, mode="hold", minutes=5)
        self.run_queue()
        self.assertEqual(self.states(self.order), {"anna@kund.test": "held"})
        self.assertFalse(self.mails)
        self.let_time_pass(minutes=4)
        self.run_queue()
        self.assertFalse(self.mails)
        self.let_time_pass(minutes=2)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    # === QUIET === #

    def test_nothing_on_import_copy_and_installation(self):
        for key in ("import_file", "install_mode", "mailroom_quiet"):
            with self.subTest(key):
                self.assertFalse(self.fire(self.order, context={key: True}))
        self.assertFalse(self.firing(self.order))
        self.run_queue()
        self.assertFalse(self.mails)

    # === PEOPLE'S WISHES === #

    def test_goes_to_those_who_want_to_be_notified(self):
        self.bo.mailroom_notify_email = True
        self.fire(self.order)
        self.run_queue()
        self.assertEqual([mail.recipient for mail in self.mails], ["bo@kund.test"])

    def test_nothing_to_who_does_not_want_this_topic(self):
        self.anna.mailroom_about_orders = False
        self.fire(self.order)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(self.firing(self.order).state, "nobody")
        self.assertIn("Nobody wants messages about this", self.notes(self.order))

    def test_nothing_to_a_blacklisted_address(self):
        self.env["mail.blacklist"]._add("anna@kund.test")
        self.fire(self.order)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(self.firing(self.order).state, "nobody")

    # === WHAT CANNOT BE SENT === #

    def test_no_address_becomes_a_todo_and_stops_nobody(self):
        people = self.anna | self.bo | self.customer | self.invoice_address
        people.email = False
        self.fire(self.order)
        firing = self.firing(self.order)
        self.assertEqual(firing.state, "refused")
        self.assertIn("no email address", firing.note)
        activity = self.order.activity_ids
        self.assertEqual(activity.user_id, self.sender)
        self.assertIn("no email address", activity.note)

    def test_mended_it_may_be_sent(self):
        everybody = self.anna | self.bo | self.customer | self.invoice_address
        everybody.email = False
        self.fire(self.order)
        self.anna.email = "anna@kund.test"
        self.fire(self.order)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_one_bad_document_keeps_nobody_elses_message(self):
        nobody = self.env["res.partner"].create({"name": "Unknown AB"})
        other = self.create_order(
            confirmed=True,
            partner_id=nobody.id,
            partner_invoice_id=nobody.id,
            partner_shipping_id=nobody.id,
        )
        self.fire(self.order | other, context={"mailroom_answered": True})
        self.run_queue()
        self.assertEqual([mail.recipient for mail in self.mails], ["anna@kund.test"])
        self.assertEqual(self.firing(self.order).state, "sent")
        self.assertEqual(self.firing(other).state, "refused")

    def test_what_was_sent_by_hand_does_not_stop_the_others(self):
        self.fire(self.order)
        self.env["mailroom.firing"].sudo().search([]).unlink()
        other = self.create_order(confirmed=True)
        self.fire(self.order | other, context={"mailroom_answered": True})
        self.run_queue()
        self.assertEqual(len(self.mails), 2)
        self.assertEqual(self.firing(self.order).state, "refused")
        self.assertEqual(self.firing(other).state, "sent")

    # === TEMPLATE GONE === #

    def managers_told(self):
        told = self.env["mail.message"].search(
            [("subject", "ilike", "has no template"), ("body", "ilike", "Template")]
        )
        return told.filtered(lambda m: self.manager.partner_id in m.partner_ids)

    def test_archived_template_tells_the_managers_once(self):
        self.template.active = False
        orders = self.order | self.create_order(confirmed=True)
        for order in orders:
            self.fire(order)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(len(self.managers_told()), 1)
        self.assertFalse(self.firing(self.order))

    def test_a_template_that_is_lost_again_is_told_again(self):
        for _time in range(2):
            self.template.active = False
            self.fire(self.create_order(confirmed=True))
            self.template.active = True
            self.fire(self.create_order(confirmed=True))
        self.assertEqual(len(self.managers_told()), 2)

    def test_the_managers_of_each_company_are_told(self):
        other = self.create_user("manager_b", GROUPS["manager"], self.company_b)
        self.template.active = False
        self.fire(self.order)
        order_b = self.create_order(self.company_b, confirmed=True)
        self.fire(order_b.sudo(), user=self.internal)
        told = self.env["mail.message"].search([("subject", "ilike", "no template")])
        self.assertIn(self.manager.partner_id, told.partner_ids)
        self.assertIn(other.partner_id, told.partner_ids)

    # === ON WHOSE BEHALF === #

    def test_who_may_not_send_sets_it_off_as_the_program(self):
        self.fire(self.order.sudo(), user=self.internal)
        self.run_queue()
        dispatch = self.dispatches(self.order)
        self.assertEqual(len(self.mails), 1)
        self.assertTrue(dispatch.user_id._is_superuser())
        self.assertEqual(dispatch.company_id, self.company)

    def test_failure_of_the_program_is_the_salespersons_todo(self):
        self.server.refuse("anna@kund.test", 550, "5.1.1 unknown user")
        self.fire(self.order.sudo(), user=self.internal)
        self.run_queue()
        self.assertEqual(self.order.activity_ids.user_id, self.sender)

    def test_each_company_sends_from_its_own_account(self):
        order_b = self.create_order(self.company_b, confirmed=True)
        shared = self.env["mail.template"].create(
            {
                "name": "Shared",
                "mailroom_kind": "order_stage",
                "mailroom_subject": "News {Number}",
                "mailroom_body": "<p>News</p>",
            }
        )
        user = self.create_user(
            "both",
            "sales_team.group_sale_salesman_all_leads",
            self.company | self.company_b,
        )
        orders = self.as_user(self.order | order_b, user)
        orders = orders.with_context(mailroom_answered=True)
        orders.env["mailroom.automation"]._fire(
            orders, self.stage, Wishes(), templates=shared
        )
        self.run_queue()
        senders = {mail["Subject"]: mail.sender for mail in self.mails}
        self.assertEqual(
            senders,
            {
                f"News {self.order.name}": "post@ahlberg.test",
                f"News {order_b.name}": "post@bjork.test",
            },
        )

    # === LANGUAGE === #

    def test_the_customers_language_decides_which_text(self):
        french = self.template.copy(
            {
                "mailroom_lang_id": self.env["res.lang"]._lang_get("fr_FR").id,
                "mailroom_subject": "Livré {Number}",
            }
        )
        self.template.mailroom_lang_id = self.env["res.lang"]._lang_get("en_US")
        rules = self.env["mailroom.automation"]
        both = self.template | french
        self.assertEqual(rules._template_for(both, self.order), self.template)
        (self.anna | self.customer).lang = "fr_FR"
        self.assertEqual(rules._template_for(both, self.create_order()), french)
        (self.anna | self.customer).lang = "sv_SE"
        swedish = self.create_order()
        self.assertEqual(rules._template_for(both, swedish), self.template)
        self.company.partner_id.lang = "fr_FR"
        self.assertEqual(rules._template_for(both, swedish), french)

    def test_text_of_another_company_is_never_used(self):
        order_b = self.create_order(self.company_b, confirmed=True)
        self.fire(order_b.sudo(), user=self.internal)
        self.assertFalse(self.dispatches(order_b))
        self.assertIn("is for", self.firing(order_b).note)

    def test_a_batch_holds_only_what_a_text_is_for(self):
        user = self.create_user(
            "both",
            "sales_team.group_sale_salesman_all_leads",
            self.company | self.company_b,
        )
        order_b = self.create_order(self.company_b, confirmed=True)
        self.fire(self.order | order_b, user=user)
        batch = self.env["mailroom.batch"].search([("rule", "=", self.stage.name)])
        self.assertEqual(batch.line_ids.mapped("res_id"), self.order.ids)
        self.assertEqual(self.firing(self.order).state, "batch")
        self.assertEqual(self.firing(order_b).state, "refused")
