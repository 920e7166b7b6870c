from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestDocumentChanged(MailroomCommon):
    """What is different from what the customer got, and what is not (B5, G2)."""

    def sent(self, document):
        """Send a document and return it."""
        self.send(document)
        self.run_queue()
        self.assertFalse(document.mailroom_changed)
        return document

    def changes(self, document):
        """Return ``{label: (old, new)}`` as a user sees them in the status."""
        user = self.sender if "sale" in document._name else self.biller
        status = self.as_user(document, user).mailroom_get_status()
        return {
            change["label"]: tuple(
                change[key].replace("\xa0", " ") for key in ("old", "new")
            )
            for change in status["changes"]
        }

    def assertUnchanged(self, document):
        document.env.flush_all()
        self.assertFalse(document.mailroom_changed)
        self.assertFalse(self.changes(document))

    # === WHAT COUNTS === #

    def test_a_price_is_named_with_what_follows_from_it(self):
        order = self.sent(self.create_order())
        order.order_line.price_unit = 1100
        self.assertTrue(order.mailroom_changed)
        self.assertEqual(
            self.changes(order),
            {
                "Inspection: Unit price": ("1,000.00 kr", "1,100.00 kr"),
                "Inspection: Amount": ("2,000.00 kr", "2,200.00 kr"),
                "Total": ("2,500.00 kr", "2,750.00 kr"),
            },
        )

    def test_a_quantity_is_named(self):
        order = self.sent(self.create_order())
        order.order_line.product_uom_qty = 3
        self.assertEqual(self.changes(order)["Inspection: Quantity"], ("2", "3"))

    def test_a_date_is_named(self):
        order = self.create_order(
            validity_date="2026-12-01", commitment_date="2026-12-02 08:00:00"
        )
        self.sent(order)
        order.validity_date = "2026-12-24"
        order.commitment_date = "2026-12-03 09:30:00"
        changes = self.changes(order)
        self.assertEqual(changes["Expiration"], ("12/01/2026", "12/24/2026"))
        self.assertEqual(
            [text.replace("\u202f", " ") for text in changes["Delivery Date"]],
            ["12/2/26, 8:00 AM", "12/3/26, 9:30 AM"],
        )

    def test_an_address_is_named_when_the_contact_moves(self):
        order = self.sent(self.create_order())
        self.customer.street = "Nygatan 7"
        self.assertTrue(order.mailroom_changed)
        changes = self.changes(order)
        self.assertEqual(list(changes), ["Delivery Address"])
        old, new = changes["Delivery Address"]
        self.assertIn("Lillgatan 2", old)
        self.assertIn("Nygatan 7", new)

    def test_another_delivery_address_is_named(self):
        order = self.sent(self.create_order())
        order.partner_shipping_id = self.invoice_address
        self.assertIn("Delivery Address", self.changes(order))

    def test_lines_added_and_removed_are_named(self):
        order = self.sent(self.create_order())
        order.order_line = [Command.create(self.line_values(name="Travel"))]
        self.assertIn(("", "Travel"), self.changes(order).values())
        self.sent_again(order)
        order.order_line[1].unlink()
        self.assertIn(("Travel", ""), self.changes(order).values())

    def sent_again(self, order):
        self.send(order)
        self.run_queue()
        self.assertUnchanged(order)

    def test_an_invoice_posted_anew_with_another_price_is_named(self):
        invoice = self.sent(self.create_invoice())
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 1200
        invoice.action_post()
        self.assertTrue(invoice.mailroom_changed)
        self.assertEqual(
            self.changes(invoice)["Inspection: Unit price"],
            ("1,000.00 kr", "1,200.00 kr"),
        )

    # === WHAT DOES NOT === #

    def test_what_the_customer_cannot_see_does_not_count(self):
        order = self.sent(self.create_order())
        order.write(
            {
                "user_id": self.manager.id,
                "origin": "Fair",
                "tag_ids": [Command.create({"name": "Hot"})],
            }
        )
        order.message_post(body="A note to ourselves")
        self.anna.write({"comment": "Likes tea", "email": "new@kund.test"})
        order.user_id = self.sender
        self.assertUnchanged(order)

    def test_what_is_put_back_does_not_count(self):
        order = self.sent(self.create_order())
        order.order_line.price_unit = 1100
        self.env.flush_all()
        self.assertTrue(order.mailroom_changed)
        order.order_line.price_unit = 1000
        self.assertUnchanged(order)

    def test_the_confirmation_of_the_customer_does_not_count(self):
        order = self.sent(self.create_order())
        order.action_confirm()
        self.assertUnchanged(order)

    def test_a_payment_does_not_count(self):
        invoice = self.sent(self.create_invoice())
        receivable = invoice.line_ids.account_id.filtered(
            lambda account: account.account_type == "asset_receivable"
        )
        entry = self.env["account.move"].create(
            {
                "journal_id": invoice.journal_id.id,
                "line_ids": [
                    Command.create({"account_id": account.id, **amount})
                    for account, amount in (
                        (receivable, {"credit": invoice.amount_total}),
                        (invoice.journal_id.default_account_id, {"debit": 2500}),
                    )
                ],
            }
        )
        entry.line_ids.partner_id = invoice.commercial_partner_id
        entry.action_post()
        lines = (invoice | entry).line_ids.filtered(
            lambda line: line.account_id == receivable
        )
        lines.reconcile()
        self.assertNotEqual(invoice.payment_state, "not_paid")
        self.assertUnchanged(invoice)

    def test_who_looks_and_in_which_language_does_not_count(self):
        order = self.create_order()
        self.send(order, lang="sv_SE")
        self.run_queue()
        swedish = order.with_context(lang="sv_SE")
        swedish._compute_mailroom_changed()
        self.assertUnchanged(order)
        self.env.ref("base.se").with_context(lang="sv_SE").name = "Konungariket"
        self.env.invalidate_all()
        swedish._compute_mailroom_changed()
        self.assertUnchanged(order)

    def test_a_document_never_sent_has_not_changed_since(self):
        order = self.create_order()
        order.order_line.price_unit = 5
        self.assertUnchanged(order)

    # === AFTERWARDS === #

    def test_sending_the_new_version_settles_it(self):
        order = self.sent(self.create_order())
        order.order_line.price_unit = 1100
        self.sent_again(order)
        self.assertEqual(order.mailroom_state, "sent")

    def test_cancelling_the_new_version_brings_the_difference_back(self):
        order = self.sent(self.create_order())
        order.order_line.price_unit = 1100
        dispatch = self.send(order)
        self.as_user(dispatch.delivery_ids, self.sender).action_cancel()
        self.assertTrue(order.mailroom_changed)
        self.assertIn("Total", self.changes(order))

    def test_a_copy_starts_clean(self):
        order = self.sent(self.create_order())
        order.order_line.price_unit = 1100
        copy = order.copy()
        self.assertEqual(copy.mailroom_state, "not_sent")
        self.assertUnchanged(copy)
        self.assertFalse(copy.mailroom_get_status()["messages"])
        self.send(copy)
        self.run_queue()
        self.assertEqual(len(self.mails), 2)
