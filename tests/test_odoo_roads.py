from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestOdooRoads(MailroomCommon):
    """What Odoo itself mails to customers goes through the outbox, too (G16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo proposes the partner of the invoice himself.
        cls.customer.email = "office@kund.test"

    def assertLeft(self, document, *addresses):
        """Check that a document left by the outbox and Odoo's queue got nothing."""
        (dispatch,) = self.dispatches(document)
        self.assertEqual(dispatch.origin, "odoo")
        self.assertEqual(document.mailroom_state, "queued")
        self.assertFalse(self.mails, "nothing leaves in the click")
        self.run_queue()
        self.assertEqual({m.recipient for m in self.mails}, set(addresses))
        self.assertEqual(document.mailroom_state, "sent")
        own_mails = self.env["mail.mail"].search(
            [("mail_message_id", "=", dispatch.message_id.id)]
        )
        self.assertFalse(own_mails)
        return dispatch

    # === INVOICES === #

    def test_the_invoice_wizard(self):
        invoice = self.as_user(self.create_invoice(), self.biller)
        wizard = invoice.env["account.move.send.wizard"].create(
            {"move_id": invoice.id, "sending_methods": ["email"]}
        )
        wizard.action_send_and_print()
        dispatch = self.assertLeft(invoice, "office@kund.test")
        self.assertEqual(dispatch.user_id, self.biller)
        (mail,) = self.mails
        self.assertEqual(mail["To"], "Kund Fastigheter <office@kund.test>")
        self.assertEqual(mail["From"], "Ahlberg Service <post@ahlberg.test>")
        (pdf,) = mail.files.values()
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertIsNone(mail["Auto-Submitted"])

    def test_the_invoice_wizard_tells_the_truth_when_the_server_refuses(self):
        invoice = self.as_user(self.create_invoice(), self.biller)
        self.server.refuse("office@kund.test", 550, "5.1.1 no such user")
        wizard = invoice.env["account.move.send.wizard"].create(
            {"move_id": invoice.id, "sending_methods": ["email"]}
        )
        wizard.action_send_and_print()
        self.run_queue()
        self.assertEqual(invoice.mailroom_state, "failed")
        self.assertTrue(invoice.is_move_sent, "what Odoo says is about the PDF")

    def test_the_batch_by_cron(self):
        invoices = self.create_invoice() | self.create_invoice(partner_id=self.bo.id)
        own = self.as_user(invoices, self.biller)
        wizard = own.env["account.move.send.batch.wizard"].create(
            {"move_ids": [Command.set(own.ids)]}
        )
        wizard.action_send_and_print()
        self.assertFalse(self.dispatches(invoices[0]))
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
        self.assertEqual(set(invoices.mapped("mailroom_state")), {"queued"})
        self.run_queue()
        self.assertEqual(
            {m.recipient for m in self.mails}, {"office@kund.test", "bo@kund.test"}
        )
        self.assertEqual(set(invoices.mapped("mailroom_state")), {"sent"})
        self.assertEqual(self.dispatches(invoices[0]).user_id, self.biller)
        self.assertEqual({m["Auto-Submitted"] for m in self.mails}, {None})

    def test_one_bad_address_fails_alone(self):
        invoice = self.as_user(self.create_invoice(), self.biller)
        self.customer.email = "office kund.test"
        wizard = invoice.env["account.move.send.wizard"].create(
            {
                "move_id": invoice.id,
                "sending_methods": ["email"],
                "mail_partner_ids": [Command.set((self.customer | self.bo).ids)],
            }
        )
        wizard.action_send_and_print()
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["bo@kund.test"])
        self.assertEqual(invoice.mailroom_state, "partly")
        words = self.as_user(
            self.deliveries(invoice)["office kund.test"], self.manager
        ).words
        self.assertIn("“office kund.test” is not an email address", words)

    # === ORDERS === #

    def compose(self, order, user=None, **values):
        """Send an order with Odoo's own composer."""
        order = self.as_user(order, user or self.sender)
        composer = order.env["mail.compose.message"].with_context(
            default_model="sale.order",
            default_res_ids=order.ids,
            default_template_id=self.env.ref("sale.email_template_edi_sale").id,
            default_composition_mode="comment",
            mark_so_as_sent=True,
        )
        composer.create(values)._action_send_mail()

    def test_the_composer_on_an_order(self):
        order = self.create_order()
        self.compose(order, partner_ids=[Command.set((self.anna | self.bo).ids)])
        self.assertLeft(order, "anna@kund.test", "bo@kund.test")
        for mail in self.mails:
            self.assertEqual(mail["To"].count("@"), 1)
            self.assertEqual(len(mail.files), 1)

    def test_several_orders_at_once(self):
        orders = self.create_order() | self.create_order()
        own = self.as_user(orders, self.sender)
        action = own.action_quotation_send()
        composer = own.env["mail.compose.message"].with_context(**action["context"])
        template = self.env.ref("sale.email_template_edi_sale")
        composer.create({"template_id": template.id})._action_send_mail()
        self.assertEqual(set(orders.mapped("mailroom_state")), {"queued"})
        self.run_queue()
        self.assertEqual(len(self.mails), 2)
        self.assertEqual(set(orders.mapped("mailroom_state")), {"sent"})

    def test_an_order_confirmed_online(self):
        order = self.create_order()
        order.with_user(self.env.ref("base.public_user")).sudo()._validate_order()
        self.assertEqual(order.state, "sale")
        self.assertLeft(order, "anna@kund.test")
        self.assertEqual(self.mails[0]["Auto-Submitted"], "auto-generated")
        self.assertEqual(len(self.mails[0].files), 1)

    def test_orders_confirmed_online_with_the_cron_for_mails(self):
        self.env["ir.config_parameter"].set_param("sale.async_emails", "1")
        order = self.create_order()
        order.with_user(self.env.ref("base.public_user")).sudo()._validate_order()
        self.assertFalse(self.dispatches(order))
        with self.enter_registry_test_mode():
            self.env.ref("sale.send_pending_emails_cron").method_direct_trigger()
        self.assertLeft(order, "anna@kund.test")

    def test_a_pro_forma_invoice_is_not_the_quotation(self):
        order = self.as_user(self.create_order(), self.sender)
        action = order.with_context(proforma=True).action_quotation_send()
        composer = order.env["mail.compose.message"].with_context(**action["context"])
        composer.create({"partner_ids": self.anna.ids})._action_send_mail()
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"])
        self.assertEqual(order.mailroom_state, "not_sent")

    # === THE CHATTER === #

    def test_colleagues_are_still_served_by_odoo(self):
        order = self.create_order()
        order.message_subscribe(self.manager.partner_id.ids)
        own = self.as_user(order, self.sender)
        message = own.message_post(
            body="Are you coming?",
            partner_ids=self.anna.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        told = mails.recipient_ids | message.notification_ids.res_partner_id
        self.assertIn(self.manager.partner_id, told)
        self.assertNotIn(self.anna, mails.recipient_ids)
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"])

    def test_a_comment_is_a_message_and_not_the_document(self):
        order = self.create_order()
        self.as_user(order, self.sender).message_post(
            body="Are you coming?",
            partner_ids=self.anna.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.run_queue()
        self.assertIn("Are you coming?", self.mails[0].text)
        self.assertEqual(order.mailroom_state, "not_sent")
        (message,) = order.mailroom_get_status()["messages"]
        self.assertEqual(message["purpose"], "message")

    def test_notes_and_logs_reach_no_customer(self):
        order = self.create_order()
        order.message_subscribe(self.anna.ids)
        own = self.as_user(order, self.sender)
        own.message_post(body="Careful, pays late", subtype_xmlid="mail.mt_note")
        own._message_log(body="Something changed")
        self.assertFalse(self.dispatches(order))
        self.run_queue()
        self.assertFalse(self.mails)

    def test_other_documents_keep_odoos_own_road(self):
        journal = self.env["account.journal"].create(
            {"name": "Other", "code": "OTH", "type": "general"}
        )
        entry = self.env["account.move"].create({"journal_id": journal.id})
        for record in (entry, self.customer):
            message = record.message_post(
                body="Where is the parcel?",
                partner_ids=self.anna.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            self.assertFalse(self.dispatches(record))
            self.assertEqual(message.notification_ids.res_partner_id, self.anna)
