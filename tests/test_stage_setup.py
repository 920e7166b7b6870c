from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .stage_common import StageCommon


@tagged("post_install", "-at_install")
class TestStageSetup(StageCommon):
    """The stages themselves: built in, of a company, deleted (C7, C8)."""

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
        foreign = self.stages.create(
            {"name": "B only", "company_id": self.company_b.id}
        )
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
        names = {
            group["mailroom_stage_id"] and group["mailroom_stage_id"][1]
            for group in groups
        }
        self.assertLessEqual({"Received", "Delivered", "Unresolved"}, names)
