from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..tools.log_mask import MASK
from .company import create_company
from .sms_common import SmsCommon

ALL_ORDERS = "sales_team.group_sale_salesman_all_leads"
SECRET = "S3cret-kéy"
SECRETS = ("gateway_secret", "receipt_secret", "gateway_sealed", "receipt_sealed")


@tagged("post_install", "-at_install")
class TestSmsGateways(SmsCommon):
    """The right gateway or none (R12, F6, F7), and secrets nobody reads (S3, S4)."""

    roles = ("sender", "manager", "admin")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company | cls.company_b
        cls.seller = cls.create_user("seller", ALL_ORDERS, both)

    def used(self):
        return {text.to: text.gateway for text in self.texts}

    # === THE RIGHT GATEWAY === #

    def test_two_companies_in_one_queue_use_their_own_gateways(self):
        theirs = self.create_order(self.company_b)
        self.send_sms(theirs, to="0705000002", user=self.seller)
        self.send_sms(self.create_order(), to="0705000001")
        self.run_queue()
        self.assertEqual(
            self.used(),
            {"+46705000001": self.gateway, "+46705000002": self.gateway_b},
        )

    def test_without_a_gateway_it_is_held_and_leaves_once_there_is_one(self):
        self.gateway.active = False
        order = self.create_order()
        plan = self.plan_sms(order, to="0705000001")
        self.assertEqual(self.problems(plan), {"no_gateway": "warn"})
        delivery = self.send_sms(order, to="0705000001")
        self.run_queue()
        self.assertFalse(self.sms.calls, "never through another company's gateway")
        self.assertEqual(order.mailroom_state, "held")
        words = self.as_user(delivery, self.manager).words
        self.assertIn("Ahlberg Service has no SMS gateway", words)
        self.gateway.active = True
        self.run_queue()
        self.assertEqual(self.used(), {"+46705000001": self.gateway})

    def test_a_held_text_message_does_not_disturb_the_mail_beside_it(self):
        self.gateway.active = False
        order = self.create_order()
        self.send(order)
        delivery = self.send_sms(order)
        self.run_queue()
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(delivery.dispatch_id.stage, "ready")

    def test_what_waits_on_a_gateway_that_goes_leaves_through_the_next(self):
        spare = self.create_gateway(self.company, sequence=20)
        delivery = self.send_sms(self.create_order(), to="0705000001")
        self.sms.answer("deferred", "refused", phase="connect")
        self.run_queue()
        self.assertEqual(delivery.gateway_id, self.gateway)
        self.gateway.unlink()
        self.assertEqual(delivery.hold_reason, "no_account")
        self.run_queue()
        self.assertEqual(self.used(), {"+46705000001": spare})

    def test_a_gateway_moved_to_another_company_lets_go_of_what_waits(self):
        delivery = self.send_sms(self.create_order())
        self.sms.answer("deferred", "refused", phase="connect")
        self.run_queue()
        self.gateway.company_id = self.company_b
        self.let_time_pass(hours=1)
        self.run_queue()
        self.assertEqual((delivery.state, delivery.hold_reason), ("held", "no_account"))
        self.assertFalse(self.texts)

    def test_a_branch_uses_the_gateway_of_its_company(self):
        branch = create_company(
            self.env, "Ahlberg North", "north.test", parent_id=self.company.id
        )
        order = self.create_order(branch)
        user = self.create_user("north", ALL_ORDERS, branch)
        self.send_sms(order, to="0705000001", user=user)
        self.run_queue()
        self.assertEqual(self.used(), {"+46705000001": self.gateway})

    def test_a_manager_cannot_give_a_gateway_to_another_company(self):
        self.manager.company_ids |= self.company_b
        gateway = self.as_user(self.gateway, self.manager)
        with self.assertRaises(AccessError):
            gateway.company_id = self.company_b

    def test_managers_see_the_gateways_of_their_companies_only(self):
        gateways = self.as_user(self.env["mailroom.gateway"], self.manager)
        self.assertEqual(gateways.search([]), self.gateway)
        with self.assertRaises(AccessError):
            self.as_user(self.gateway_b, self.manager).read(["url"])
        with self.assertRaises(AccessError):
            self.as_user(self.gateway, self.sender).read(["name"])

    def test_twilio_is_offered_only_where_it_is_installed(self):
        keys = [key for key, _label in self.gateway._selection_provider()]
        self.assertEqual("twilio" in keys, "sms.twilio.number" in self.env)

    # === SECRETS === #

    def call(self, user, method, *args, ids=None, **kwargs):
        model = self.env["mailroom.gateway"].with_user(user)
        arguments = list(args) if ids is None else [ids, *args]
        return call_kw(model, method, arguments, kwargs)

    def test_nobody_reads_a_secret(self):
        self.gateway.write({"gateway_secret": SECRET, "receipt_secret": SECRET})
        ids = self.gateway.ids
        spec = dict.fromkeys(SECRETS[:2], {})
        for user in (self.admin, self.manager):
            for answer in (
                self.call(user, "read", list(SECRETS[:2]), ids=ids),
                self.call(user, "web_read", spec, ids=ids),
                self.call(user, "onchange", {}, [], spec, ids=ids),
                self.call(user, "copy_data", ids=ids),
            ):
                self.assertNotIn(SECRET, str(answer))
            (row,) = self.call(user, "read", ["gateway_secret"], ids=ids)
            self.assertEqual(row["gateway_secret"], MASK)
        self.assertEqual(self.gateway._mailroom_open("gateway_secret"), SECRET)

    def test_nobody_searches_groups_or_exports_a_secret(self):
        for user in (self.admin, self.manager):
            for name in SECRETS:
                for method, *args in (
                    ("search", [(name, "like", "S3%")]),
                    ("search", [], 0, None, f"{name} desc"),
                    ("formatted_read_group", [], [name], ["__count"]),
                ):
                    with self.subTest(name=name, method=method):
                        with self.assertRaises(AccessError):
                            self.call(user, method, *args)
        for name in SECRETS:
            with self.assertRaises(AccessError):
                self.call(self.admin, "export_data", [name], ids=self.gateway.ids)

    def test_the_table_holds_no_secret_in_the_clear(self):
        self.gateway.gateway_secret = SECRET
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(g)::text FROM mailroom_gateway g WHERE id = %s",
            [self.gateway.id],
        )
        self.assertNotIn(SECRET, self.env.cr.fetchone()[0])
        logged = self.env["mailroom.setting.log"].search([("setting", "ilike", "key")])
        self.assertTrue(logged)
        self.assertFalse([row for row in logged if SECRET in f"{row.old}{row.new}"])

    def test_a_secret_does_not_follow_the_gateway_to_another_address(self):
        gateway = self.as_user(self.gateway, self.manager)
        gateway.url = "https://elsewhere.test/"
        self.assertFalse(gateway.gateway_secret)
        gateway.write({"url": "https://third.test/", "gateway_secret": "new"})
        self.assertEqual(self.gateway._mailroom_open("gateway_secret"), "new")
        gateway.name = "Another name"
        self.assertEqual(self.gateway._mailroom_open("gateway_secret"), "new")
