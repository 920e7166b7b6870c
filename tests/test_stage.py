from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .stage_common import StageCommon


@tagged("post_install", "-at_install")
class TestStage(StageCommon):
    """Orders move from stage to stage, and their customers hear of it (C7, C9)."""

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

    def test_a_customer_who_signs_does_not_choose_the_language_of_the_history(self):
        self.received.mode = "send"
        self.received.with_context(lang="fr_FR").name = "Reçue"
        self.received.with_context(lang="sv_SE").name = "Mottagen"
        self.sender.lang = "sv_SE"
        order = self.create_order().with_user(self.env.ref("base.public_user"))
        order.with_context(lang="fr_FR").sudo().action_confirm()
        dispatch = self.dispatches(order)
        self.assertEqual(dispatch.rule, "Mottagen")
        bodies = " ".join(map(str, order.sudo().message_ids.mapped("body")))
        self.assertIn("Mottagen", bodies)
        self.assertNotIn("Reçue", bodies)
        self.assertEqual(dispatch.lang, "en_US", "the customer reads his own")

    def test_the_form_says_that_odoo_confirms_too(self):
        view = self.as_user(self.stages, self.manager).get_view(view_type="form")
        self.assertIn("Odoo's own order", view["arch"])

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

    def test_import_by_another_program_sends_nothing(self):
        orders = self.as_user(self.env["sale.order"], self.seller)
        result = orders.load(
            [".id", "mailroom_stage_id/.id"],
            [[str(self.order.id), str(self.delivered.id)]],
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
        self.assertEqual(wizard.summary, "1 message leaves. 1 cannot be sent.")

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

    # === ORDER TYPES === #

    def test_a_stage_of_one_type_is_not_for_others(self):
        kinds = self.env["mailroom.order.type"].create([{"name": "A"}, {"name": "B"}])
        self.delivered.order_type_ids = [Command.set(kinds[0].ids)]
        fitting = self.create_order(confirmed=True, mailroom_order_type_id=kinds[0].id)
        other = self.create_order(confirmed=True, mailroom_order_type_id=kinds[1].id)
        with self.assertRaises(ValidationError):
            self.move(other, self.delivered)
        wizard = self.change(fitting | other, self.delivered)
        outcomes = {line.order_id.id: line.outcome for line in wizard.line_ids}
        self.assertEqual(outcomes, {fitting.id: "leaves", other.id: "foreign"})
        wizard.action_change()
        self.run_queue()
        self.assertEqual(other.mailroom_stage_id, self.received)
        self.assertEqual(len(self.mails), 1)

    def test_only_confirmed_orders_of_its_company_can_be_moved(self):
        self.delivered.company_id = self.company
        quotation = self.create_order()
        theirs = self.create_order(self.company_b, confirmed=True)
        orders = self.order | quotation | theirs
        self.seller.company_ids |= self.company_b
        both = orders.with_context(allowed_company_ids=self.seller.company_ids.ids)
        wizard = self.change(both, self.delivered)
        words = {line.order_id.id: line.whom for line in wizard.line_ids}
        self.assertIn("no confirmed order", words[quotation.id])
        self.assertIn("another company's", words[theirs.id])
        self.assertEqual(wizard.summary, "1 message leaves. 2 cannot be moved there.")
        wizard.action_change()
        self.run_queue()
        self.assertFalse(quotation.mailroom_stage_id)
        self.assertEqual(len(self.mails), 1)

    # === VISITS === #

    def test_a_declined_visit_makes_the_order_unresolved(self):
        for answer in ("declined", "asked"):
            order = self.create_order(confirmed=True)
            visit = self.env["calendar.event"].create(
                {
                    "name": "Inspection",
                    "start": "2026-12-01 07:00:00",
                    "stop": "2026-12-01 09:00:00",
                    "mailroom_order_id": order.id,
                }
            )
            self.assertEqual(order.mailroom_stage_id, self.received)
            visit.sudo().mailroom_visit_state = answer
            self.assertEqual(order.mailroom_stage_id, self.unresolved)
