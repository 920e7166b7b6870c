from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestStage(MailroomCommon):
    """Orders move from stage to stage, and their customers hear of it (C7 to C9)."""

    roles = ("sender", "manager", "editor")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.create_user(
            "seller", "sales_team.group_sale_salesman_all_leads"
        )
        cls.stages = cls.env["mailroom.stage"]
        cls.received = cls.env.ref("mailroom.stage_received")
        cls.unresolved = cls.env.ref("mailroom.stage_unresolved")
        cls.delivered = cls.env.ref("mailroom.stage_delivered")
        cls.delivered.mode = "send"
        cls.order = cls.create_order(confirmed=True)

    def move(self, orders, stage, **context):
        """Move orders as a seller does on the form or in a kanban."""
        orders = self.as_user(orders, self.seller).with_context(**context)
        orders.write({"mailroom_stage_id": stage.id})

    def change(self, orders, stage, **values):
        """Use "Change Stage" in the list."""
        orders = self.as_user(orders, self.seller)
        form = Form(
            orders.env["mailroom.stage.change"].with_context(
                active_model="sale.order", active_ids=orders.ids
            )
        )
        form.stage_id = stage.with_env(orders.env)
        for name, value in values.items():
            form[name] = value
        return form.save()

    def flush_tracking(self):
        """Let Odoo write down what it tracks, as it does before a commit."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.order.invalidate_recordset()

    # === ENTERING === #

    def test_a_confirmed_order_is_received(self):
        order = self.create_order()
        self.assertFalse(order.mailroom_stage_id)
        self.as_user(order, self.sender).action_confirm()
        self.assertEqual(order.mailroom_stage_id, self.received)
        self.run_queue()
        self.assertFalse(self.mails, "shipped as it is, nothing leaves by itself")

    def test_received_sends_its_own_text_when_it_is_told_to(self):
        self.received.mode = "send"
        order = self.create_order()
        # The customer confirms on the portal: no sender is near.
        order.with_user(self.env.ref("base.public_user")).sudo().action_confirm()
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail["Subject"], f"We have received your order {order.name}")
        self.assertFalse(mail.files)

    def test_moving_an_order_tells_its_customer_once(self):
        self.move(self.order, self.delivered)
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail["Subject"], f"Order {self.order.name}: Delivered")
        self.assertIn("It is now: <strong>Delivered", mail.html)
        self.move(self.order, self.received)
        self.move(self.order, self.delivered)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_writing_the_same_stage_is_no_transition(self):
        self.delivered.mode = "nothing"
        self.move(self.order, self.delivered)
        self.delivered.mode = "send"
        self.move(self.order, self.delivered)
        self.run_queue()
        self.assertFalse(self.mails)

    def test_the_history_names_stage_and_rule(self):
        self.flush_tracking()
        self.move(self.order, self.delivered)
        self.flush_tracking()
        tracked = self.order.message_ids.tracking_value_ids
        self.assertIn("Delivered", tracked.mapped("new_value_char"))

    def test_moving_on_takes_back_what_waits(self):
        self.delivered.write({"mode": "hold", "minutes": 5})
        self.move(self.order, self.delivered)
        self.assertEqual(self.states(self.order), {"anna@kund.test": "held"})
        self.move(self.order, self.received)
        self.assertEqual(self.states(self.order), {"anna@kund.test": "cancelled"})
        self.let_time_pass(minutes=6)
        self.run_queue()
        self.assertFalse(self.mails)

    # === NEVER BY SURPRISE === #

    def test_copy_has_no_stage_and_sends_nothing(self):
        self.move(self.order, self.delivered)
        copy = self.as_user(self.order, self.seller).copy()
        self.assertFalse(copy.mailroom_stage_id)
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_import_sends_nothing(self):
        name = "imported_order"
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": name,
                "model": "sale.order",
                "res_id": self.order.id,
            }
        )
        orders = self.as_user(self.env["sale.order"], self.seller)
        result = orders.with_context(import_file=True).load(
            ["id", "mailroom_stage_id"], [[f"__import__.{name}", "Delivered"]]
        )
        self.assertFalse([m for m in result["messages"] if m["type"] == "error"])
        self.assertEqual(self.order.mailroom_stage_id, self.delivered)
        self.run_queue()
        self.assertFalse(self.mails)

    def test_editing_many_at_once_makes_one_batch(self):
        orders = self.order | self.create_order(confirmed=True)
        self.move(orders, self.delivered)
        self.run_queue()
        self.assertFalse(self.mails)
        batch = self.env["mailroom.batch"].search([], limit=1)
        self.assertEqual(batch.rule, "Delivered")
        self.assertEqual(set(batch.line_ids.mapped("res_id")), set(orders.ids))
        self.assertEqual(batch.user_id, self.seller)
        told = self.env["mail.message"].search([("model", "=", "mailroom.batch")])
        self.assertIn(self.seller.partner_id, told.partner_ids)
        self.as_user(batch, self.seller).action_send()
        self.run_queue()
        self.assertEqual(
            {mail["Subject"] for mail in self.mails},
            {f"Order {order.name}: Delivered" for order in orders},
        )

    # === CHANGE STAGE === #

    def test_twenty_orders_twenty_right_mails(self):
        orders = self.order.browse()
        for _number in range(20):
            orders |= self.create_order(confirmed=True)
        wizard = self.change(orders, self.delivered)
        self.assertEqual(wizard.summary, "20 messages leave.")
        self.run_queue()
        self.assertFalse(self.mails, "nothing leaves before she says yes")
        wizard.action_change()
        self.run_queue()
        self.assertEqual(orders.mailroom_stage_id, self.delivered)
        self.assertEqual(
            sorted(mail["Subject"] for mail in self.mails),
            sorted(f"Order {order.name}: Delivered" for order in orders),
        )

    def test_it_says_what_cannot_go_and_why(self):
        nobody = self.env["res.partner"].create({"name": "Unknown AB"})
        silent = self.create_order(
            confirmed=True,
            partner_id=nobody.id,
            partner_invoice_id=nobody.id,
            partner_shipping_id=nobody.id,
        )
        told = self.create_order(confirmed=True)
        self.move(told, self.delivered)
        self.move(told, self.received)
        there = self.create_order(confirmed=True)
        self.delivered.mode = "nothing"
        self.move(there, self.delivered)
        self.delivered.mode = "send"
        orders = self.order | silent | told | there
        wizard = self.change(orders, self.delivered)
        outcomes = {line.order_id.id: line.outcome for line in wizard.line_ids}
        self.assertEqual(
            outcomes,
            {
                self.order.id: "leaves",
                silent.id: "refused",
                told.id: "told",
                there.id: "there",
            },
        )
        why = wizard.line_ids.filtered(lambda line: line.outcome == "refused")
        self.assertIn("Unknown AB has no email address", why.whom)
        self.assertEqual(wizard.summary, "1 messages leave. 1 cannot be sent.")

    def test_it_asks_nobody_again_and_may_stay_silent(self):
        self.delivered.mode = "ask"
        orders = self.order | self.create_order(confirmed=True)
        self.change(orders[0], self.delivered, send=False).action_change()
        self.run_queue()
        self.assertFalse(self.mails)
        self.change(orders[1], self.delivered).action_change()
        self.run_queue()
        self.assertEqual(len(self.mails), 1)
        firings = self.env["mailroom.firing"].search([])
        self.assertNotIn("asked", firings.mapped("state"))

    # === BUILT IN === #

    def test_texts_of_built_in_stages_cannot_be_changed(self):
        template = self.env.ref("mailroom.template_stage_received_sv")
        template = self.as_user(template, self.editor)
        for values in (
            {"mailroom_body": "<p>Mine</p>"},
            {"active": False},
            {"mailroom_editable": True},
            {"mailroom_builtin": False},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                template.write(values)
        with self.assertRaises(UserError):
            template.unlink()
        with self.assertRaises(UserError):
            template.create({"name": "Mine", "mailroom_builtin": "received"})
        copy = template.copy()
        copy.mailroom_body = "<p>Mine</p>"
        self.assertFalse(copy.mailroom_builtin)

    def test_built_in_stages_stay_what_they_are(self):
        stage = self.as_user(self.received, self.manager)
        mine = self.env.ref("mailroom.template_order_stage_en")
        for values in (
            {"template_ids": [Command.set(mine.ids)]},
            {"builtin": False},
            {"company_id": self.company.id},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                stage.write(values)
        with self.assertRaises(UserError):
            stage.unlink()
        stage.write({"name": "Arrived", "fold": True, "mode": "hold"})
        self.assertEqual(stage.name, "Arrived")

    def test_another_stage_does_not_get_their_texts(self):
        mails = self.env["mail.template"]
        best = mails._mailroom_best("order_stage", self.company, "en_US")
        self.assertFalse(best.mailroom_builtin)
        self.assertNotIn("received", self.delivered.template_ids.mapped("name"))
        self.assertTrue(self.delivered.template_ids)

    # === UNRESOLVED === #

    def test_a_message_that_failed_makes_the_order_unresolved(self):
        self.server.refuse("anna@kund.test", 550, "5.1.1 unknown user")
        self.send(self.order)
        self.run_queue()
        self.assertEqual(self.order.mailroom_stage_id, self.unresolved)
        bodies = " ".join(map(str, self.order.message_ids.mapped("body")))
        self.assertIn("The message to anna@kund.test failed", bodies)

    def test_a_quotation_that_failed_has_no_stage(self):
        quotation = self.create_order()
        self.server.refuse("anna@kund.test", 550, "5.1.1 unknown user")
        self.send(quotation)
        self.run_queue()
        self.assertFalse(quotation.mailroom_stage_id)

    def test_somebody_else_may_say_that_an_order_needs_a_person(self):
        public = self.env.ref("base.public_user")
        self.order.with_user(public).sudo()._mailroom_needs_person("Asked to <move>")
        self.assertEqual(self.order.mailroom_stage_id, self.unresolved)
        bodies = " ".join(map(str, self.order.message_ids.mapped("body")))
        self.assertIn("Asked to &lt;move&gt;", bodies)

    # === SETTING UP === #

    def test_a_stage_that_sends_needs_a_text(self):
        stage = self.as_user(self.stages, self.manager).create({"name": "Ready"})
        self.assertTrue(stage.template_ids, "the shipped texts to begin with")
        stage.template_ids = False
        with self.assertRaises(ValidationError):
            stage.mode = "send"
        with self.assertRaises(ValidationError):
            stage.write(
                {
                    "mode": "hold",
                    "minutes": 0,
                    "template_ids": self.delivered.template_ids.ids,
                }
            )

    def test_deleting_a_stage_says_where_its_orders_go(self):
        self.move(self.order, self.delivered)
        stage = self.as_user(self.delivered, self.manager)
        with self.assertRaises(UserError):
            stage.unlink()
        action = stage.action_delete()
        wizard = (
            stage.env["mailroom.stage.delete"]
            .with_context(**action["context"])
            .create({"target_id": self.unresolved.id})
        )
        self.assertEqual(wizard.order_count, 1)
        self.unresolved.mode = "send"
        wizard.action_delete()
        self.assertFalse(self.delivered.exists())
        self.assertEqual(self.order.mailroom_stage_id, self.unresolved)
        self.run_queue()
        self.assertEqual(len(self.mails), 1, "only what left before")

    # === COMPANIES === #

    def test_stages_of_another_company_are_nobodys_business(self):
        foreign = self.stages.create({"name": "B only", "company_id": self.company_b.id})
        seen = self.as_user(self.stages, self.manager).search([])
        self.assertNotIn(foreign, seen)
        with self.assertRaises(UserError):
            self.order.mailroom_stage_id = foreign

    def test_foreign_orders_keep_a_shared_stage_alive(self):
        order_b = self.create_order(self.company_b, confirmed=True)
        order_b.mailroom_stage_id = self.delivered
        stage = self.as_user(self.delivered, self.manager)
        wizard = stage.env["mailroom.stage.delete"].create({"stage_id": stage.id})
        with self.assertRaisesRegex(UserError, "Björk Bygg"):
            wizard.action_delete()

    # === ON SCREEN === #

    def test_columns_of_all_stages(self):
        orders = self.as_user(self.env["sale.order"], self.seller)
        orders = orders.with_context(read_group_expand=True)
        groups = orders.web_read_group([], ["mailroom_stage_id"])["groups"]
        names = {group["mailroom_stage_id"] and group["mailroom_stage_id"][1]
                 for group in groups}
        self.assertLessEqual({"Received", "Delivered", "Unresolved"}, names)
