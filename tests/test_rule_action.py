from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestRuleAction(MailroomCommon):
    """The server action "Send with Mailroom", in automation rules and in lists."""

    roles = ("sender", "biller", "manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.create_user(
            "seller", "sales_team.group_sale_salesman_all_leads"
        )
        cls.text = cls.env["mail.template"].create(
            {
                "name": "On hold",
                "mailroom_kind": "message",
                "mailroom_subject": "About {Number}",
                "mailroom_body": "<p>We are at it.</p>",
            }
        )

    def create_action(self, model="sale.order", **values):
        return self.env["ir.actions.server"].create(
            {
                "name": "Tell the customer",
                "model_id": self.env["ir.model"]._get_id(model),
                "state": "mailroom_send",
                "mailroom_mode": "send",
                "mailroom_text": "chosen",
                "mailroom_template_ids": [Command.set(self.text.ids)],
                **values,
            }
        )

    def automate(self, model="sale.order", domain="[]", before="[]", **values):
        """Set up an automation rule as an administrator does."""
        action = self.create_action(model, usage="base_automation", **values)
        return self.env["base.automation"].create(
            {
                "name": "Tell of reference",
                "model_id": self.env["ir.model"]._get_id(model),
                "trigger": "on_create_or_write",
                "filter_pre_domain": before,
                "filter_domain": domain,
                "action_server_ids": [Command.set(action.ids)],
            }
        )

    def subjects(self):
        self.run_queue()
        return sorted(mail["Subject"] for mail in self.mails)

    # === AUTOMATION RULES === #

    def test_conditions_of_the_automation_rule_hold(self):
        self.automate(domain="[('client_order_ref', '=', 'GO')]")
        order, other = self.create_order(), self.create_order()
        self.as_user(order, self.seller).client_order_ref = "GO"
        self.as_user(other, self.seller).client_order_ref = "NO"
        self.assertEqual(self.subjects(), [f"About {order.name}"])
        dispatch = self.dispatches(order)
        self.assertEqual(dispatch.rule, "Tell of reference")
        self.assertEqual(dispatch.user_id, self.seller)

    def test_every_write_after_the_first_is_nothing_new(self):
        self.automate(domain="[('client_order_ref', '=', 'GO')]")
        order = self.as_user(self.create_order(), self.seller)
        for note in ("GO", "GO", "NO", "GO"):
            order.client_order_ref = note
        self.assertEqual(len(self.subjects()), 1)

    def test_editing_what_was_there_before_the_rule_is_no_transition(self):
        old = self.create_order(confirmed=True)
        self.automate(domain="[('state', '=', 'sale')]")
        order = self.as_user(old, self.seller)
        order.client_order_ref = "Edited"
        order.order_line.price_unit = 1200
        self.assertFalse(self.subjects())
        self.as_user(self.create_order(), self.seller).action_confirm()
        self.assertEqual(len(self.subjects()), 1)

    def test_a_rule_without_conditions_is_about_new_documents(self):
        old = self.create_order()
        self.automate()
        self.as_user(old, self.seller).client_order_ref = "Edited"
        self.assertFalse(self.subjects())
        order = self.create_order()
        self.assertEqual(self.subjects(), [f"About {order.name}"])

    def test_a_rule_about_a_field_fires_when_that_changes(self):
        order = self.create_order(confirmed=True)
        rule = self.automate(domain="[('state', '=', 'sale')]")
        rule.trigger_field_ids = self.env["ir.model.fields"]._get(
            "sale.order", "client_order_ref"
        )
        order = self.as_user(order, self.seller)
        order.origin = "Elsewhere"
        self.assertFalse(self.subjects())
        order.client_order_ref = "GO"
        self.assertEqual(self.subjects(), [f"About {order.name}"])

    def test_stage_changes(self):
        delivered = self.env.ref("mailroom.stage_delivered")
        self.automate(
            domain=f"[('mailroom_stage_id', '=', {delivered.id})]",
            before=f"[('mailroom_stage_id', '!=', {delivered.id})]",
        )
        order = self.create_order(confirmed=True)
        self.assertFalse(self.subjects())
        self.as_user(order, self.seller).mailroom_stage_id = delivered
        self.assertEqual(self.subjects(), [f"About {order.name}"])

    def test_import_and_copy_set_nothing_off(self):
        order = self.create_order(client_order_ref="GO")
        self.automate(domain="[('client_order_ref', '=', 'GO')]")
        order = self.as_user(order, self.seller)
        order.copy({"client_order_ref": "GO"}).note = "Later"
        quotations = order.env["sale.order"].with_context(import_file=True)
        result = quotations.load(
            ["partner_id/.id", "client_order_ref"], [[str(self.anna.id), "GO"]]
        )
        self.assertTrue(result["ids"], result["messages"])
        order.browse(result["ids"]).note = "Later"
        self.assertFalse(self.subjects())

    def test_an_edit_of_many_makes_one_batch(self):
        self.automate(domain="[('client_order_ref', '=', 'GO')]")
        orders = self.create_order() | self.create_order() | self.create_order()
        before = self.env["mailroom.batch"].search_count([])
        self.as_user(orders, self.seller).write({"client_order_ref": "GO"})
        self.assertFalse(self.subjects())
        self.assertEqual(self.env["mailroom.batch"].search_count([]), before + 1)

    def test_a_yes_to_a_stage_is_no_yes_to_another_rule(self):
        delivered = self.env.ref("mailroom.stage_delivered")
        self.automate(domain=f"[('mailroom_stage_id', '=', {delivered.id})]")
        orders = self.create_order(confirmed=True) | self.create_order(confirmed=True)
        wizard = self.as_user(self.env["mailroom.stage.change"], self.seller).create(
            {"order_ids": orders.ids, "stage_id": delivered.id}
        )
        wizard.action_change()
        self.assertFalse(self.subjects(), "its messages were not in the list she saw")
        self.assertTrue(self.env["mailroom.batch"].search([("rule", "ilike", "Tell")]))

    def test_a_bad_document_does_not_stop_the_write(self):
        self.automate(domain="[('client_order_ref', '=', 'GO')]")
        everybody = self.anna | self.bo | self.customer | self.invoice_address
        everybody.email = False
        order = self.as_user(self.create_order(), self.seller)
        order.client_order_ref = "GO"
        self.assertEqual(order.client_order_ref, "GO")
        self.assertEqual(order.activity_ids.user_id, self.sender)

    def test_works_on_invoices_and_holds(self):
        self.automate(
            "account.move",
            domain="[('state', '=', 'posted'), ('move_type', '=', 'out_invoice')]",
            mailroom_mode="hold",
            mailroom_minutes=3,
            mailroom_text="own",
        )
        invoice = self.create_invoice(posted=False)
        self.as_user(invoice, self.biller).action_post()
        self.assertFalse(self.subjects())
        self.assertEqual(set(self.states(invoice).values()), {"held"})
        self.let_time_pass(minutes=4)
        (subject,) = self.subjects()
        self.assertIn(invoice.name, subject)

    def test_deleted_template_tells_the_managers(self):
        self.automate(domain="[('client_order_ref', '=', 'GO')]")
        self.text.unlink()
        self.as_user(self.create_order(), self.seller).client_order_ref = "GO"
        self.assertFalse(self.subjects())
        told = self.env["mail.message"].search([("subject", "ilike", "no template")])
        self.assertIn(self.manager.partner_id, told.partner_ids)

    # === FROM A LIST === #

    def run_from_list(self, records, **values):
        action = self.create_action(records._name, **values)
        action.create_action()
        action = self.as_user(action, self.seller)
        return action.with_context(
            active_model=records._name,
            active_id=records[:1].id,
            active_ids=records.ids,
        ).run()

    def test_one_selected_document_opens_the_dialog(self):
        order = self.create_order()
        opened = self.run_from_list(order)
        self.assertEqual(opened["res_model"], "mailroom.send")
        dialog = self.env["mailroom.send"].browse(opened["res_id"])
        self.assertEqual(dialog.subject, f"About {order.name}")
        self.assertFalse(self.subjects())

    def test_several_selected_documents_open_a_batch(self):
        orders = self.create_order() | self.create_order()
        opened = self.run_from_list(orders)
        self.assertEqual(opened["res_model"], "mailroom.batch")
        batch = self.env["mailroom.batch"].browse(opened["res_id"])
        self.assertEqual(batch.line_ids.template_id, self.text)
        self.assertFalse(self.subjects())
        self.as_user(batch, self.seller).action_send()
        self.assertEqual(self.subjects(), sorted(f"About {o.name}" for o in orders))

    # === SETTING UP === #

    def test_what_is_wrong_is_said_in_words(self):
        action = self.create_action(mailroom_mode="hold", mailroom_minutes=0)
        self.assertIn("at least one", action.warning)
        action = self.create_action("account.move")
        self.assertFalse(action.warning)
        invoice = self.env.ref("mailroom.template_invoice_en")
        action = self.create_action(mailroom_template_ids=[Command.set(invoice.ids)])
        self.assertIn("is not for", action.warning)
        with self.assertRaisesRegex(ValidationError, "at least one template"):
            self.create_action(mailroom_template_ids=False)
        action = self.create_action("res.partner", mailroom_text="own")
        self.assertIn("is nothing that Mailroom sends", action.warning)

    def test_only_documents_are_offered(self):
        offered = self.create_action().available_model_ids.mapped("model")
        self.assertIn("sale.order", offered)
        self.assertIn("account.move", offered)
        self.assertNotIn("res.partner", offered)

    def test_deletion_leaves_nothing_to_send(self):
        action = self.create_action(usage="base_automation")
        with self.assertRaises(ValidationError):
            self.env["base.automation"].create(
                {
                    "name": "Gone",
                    "model_id": self.env["ir.model"]._get_id("sale.order"),
                    "trigger": "on_unlink",
                    "action_server_ids": [Command.set(action.ids)],
                }
            )
