from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.tag_spec import TagSpec

INVOICES = ("invoice", "payment_reminder")
KINDS = (*INVOICES, "credit_note")
# What Odoo writes between the numbers of orders that it invoices together.
SEPARATOR = ", "
# States in which Odoo takes an invoice as paid, also before the bank has said so.
SETTLED = ("paid", "in_payment", "reversed")


class AccountMove(models.Model):
    """What the tags give for invoices and credit notes."""

    _inherit = "account.move"

    @api.model
    def _mailroom_template_kinds(self):
        # OVERRIDE 'mailroom.document'
        return [*KINDS, "several", "message"]

    @api.model
    def _mailroom_kind_domain(self, kind):
        # OVERRIDE 'mailroom.document'
        types = {
            "credit_note": ["out_refund"],
            "message": ["out_invoice", "out_receipt", "out_refund"],
        }
        domain = Domain(
            "move_type", "in", types.get(kind, ["out_invoice", "out_receipt"])
        )
        return domain & Domain("state", "=", "posted")

    def _mailroom_date(self):
        # OVERRIDE 'mailroom.document'
        return self.invoice_date

    def _mailroom_payment_terms(self):
        # OVERRIDE 'mailroom.document'
        return self.invoice_payment_term_id.name

    def _mailroom_payment_reference(self):
        # OVERRIDE 'mailroom.document'
        return self.payment_reference

    def _mailroom_order_reference(self):
        # OVERRIDE 'mailroom.document'
        return self.invoice_origin

    def _mailroom_customer_reference(self):
        # OVERRIDE 'mailroom.document': for an order without one Odoo writes our own
        # number there, and on a credit note what it reverses
        invoice = self.reversed_entry_id or self
        own = (invoice.invoice_origin or "").split(SEPARATOR)
        parts = (invoice.ref or "").split(SEPARATOR)
        return SEPARATOR.join(part for part in parts if part not in own)

    def _mailroom_lines(self):
        # OVERRIDE 'mailroom.document'
        return [
            (line.name or "", line.quantity, line.price_subtotal)
            for line in self.invoice_line_ids
            if line.display_type == "product"
        ]

    def _mailroom_bank(self):
        # EXTENDS: the account that stands on the invoice
        return self.partner_bank_id or super()._mailroom_bank()

    def _mailroom_contact(self):
        # EXTENDS: made from an order, it is addressed to whoever pays
        contact = super()._mailroom_contact()
        orders = self.line_ids.sale_line_ids.order_id
        if contact or not orders:
            return contact
        customer = self._mailroom_customer()
        known = {order._mailroom_contact() for order in orders}
        person = known.pop() if len(known) == 1 else contact
        return person if person.commercial_partner_id == customer else contact

    def _mailroom_responsible(self):
        # OVERRIDE 'mailroom.document'
        return self.invoice_user_id

    def _mailroom_link_anchors(self):
        # OVERRIDE 'mailroom.document'
        return {"pay": "#portal_pay"} if self._mailroom_kind() == "invoice" else {}

    def _mailroom_days_overdue(self):
        """Return for how many days payment is late, as text; empty when it is not."""
        if not self.invoice_date_due or self.payment_state in SETTLED:
            return ""
        days = (fields.Date.context_today(self) - self.invoice_date_due).days
        return str(days) if days > 0 else ""

    def _mailroom_amount_due(self):
        """Return what is still to be paid, as a number."""
        return 0.0 if self.payment_state in SETTLED else self.amount_residual

    def _mailroom_amount_paid(self):
        """Return what the customer has paid, as a number: a credit note that was set
        off against the invoice is no payment."""
        settled = self.amount_total - self._mailroom_amount_due()
        if self.currency_id.is_zero(settled):
            return 0.0
        # Not by Odoo's helpers, which ask the database for each invoice.
        credited = sum(
            part.debit_amount_currency
            for line in self.line_ids
            if line.account_type == "asset_receivable"
            for part in line.matched_credit_ids
            if part.credit_move_id.move_id.move_type == "out_refund"
        )
        return settled - credited

    def _mailroom_sum_text(self, amount):
        """Return an amount as text, empty when it is nothing."""
        nothing = self.currency_id.is_zero(amount)
        return "" if nothing else self._mailroom_amount_text(amount)


class MailroomTag(models.AbstractModel):
    """Tags of invoices and credit notes only."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: when, how and how much to pay
        return [*super()._specs(), *self._payment_specs(), *self._credit_specs()]

    def _payment_specs(self):
        group = self.env._("Payment")
        return [
            *self._date_specs(
                "DueDate",
                group,
                self.env._("Due date"),
                self._only_of("account.move", lambda d: d.invoice_date_due),
                kinds=(*KINDS, "message"),
            ),
            TagSpec(
                "AmountDue",
                group,
                self.env._("What is still to be paid, empty when nothing is"),
                self._only_of(
                    "account.move",
                    lambda d: d._mailroom_sum_text(d._mailroom_amount_due()),
                ),
                kinds=(*KINDS, "message"),
            ),
            TagSpec(
                "Paid",
                group,
                self.env._("What was paid already, empty when nothing was"),
                lambda d: d._mailroom_sum_text(d._mailroom_amount_paid()),
                kinds=INVOICES,
            ),
            TagSpec(
                "DaysOverdue",
                group,
                self.env._("Days since the due date, empty when payment is not late"),
                lambda d: d._mailroom_days_overdue(),
                kinds=INVOICES,
            ),
        ]

    def _credit_specs(self):
        return [
            TagSpec(
                "CreditedInvoice",
                self.env._("Document"),
                self.env._("Number of the invoice that is credited"),
                lambda d: d.reversed_entry_id.name,
                kinds=("credit_note",),
            ),
        ]
