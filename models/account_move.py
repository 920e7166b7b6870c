from odoo import api, models

from ..tools.file_name import safe_file_name

KINDS = {
    "out_invoice": "invoice",
    "out_receipt": "invoice",
    "out_refund": "credit_note",
}


class AccountMove(models.Model):
    """Invoices and credit notes as documents that can be sent."""

    _name = "account.move"
    _inherit = ["account.move", "mailroom.document"]

    # === WHAT IT IS === #

    def _mailroom_kind(self):
        # OVERRIDE 'mailroom.document'
        return KINDS.get(self.move_type, False)

    def _mailroom_number(self):
        # OVERRIDE 'mailroom.document'
        return self.name or self.display_name

    # === WHOM TO SEND TO === #

    def _mailroom_partners(self):
        # OVERRIDE 'mailroom.document'
        customer = self.partner_id.commercial_partner_id
        invoice_address = customer.address_get(["invoice"])["invoice"]
        return [
            ("contact", self.partner_id),
            ("customer", customer),
            ("invoice", customer.browse(invoice_address)),
            ("facility", self.partner_shipping_id),
        ]

    def _mailroom_propose(self, people):
        # EXTENDS: an invoice goes to the invoice address before the customer himself
        super()._mailroom_propose(people)
        topic = self._mailroom_topic()
        if any(partner._mailroom_wants(topic) for partner in people):
            return
        invoice = [p for p in people if p.type == "invoice" and people[p].email]
        if invoice and self.partner_id == self.partner_id.commercial_partner_id:
            for person in people.values():
                person.proposed = person.partner == invoice[0]

    # === WHAT TO SEND === #

    def _mailroom_core_template(self):
        # OVERRIDE 'mailroom.document'
        return self._get_mail_template()

    def _mailroom_report(self):
        # OVERRIDE 'mailroom.document'
        return self.env["account.move.send"]._get_default_pdf_report_id(self).sudo()

    def _mailroom_file_name(self, lang=None):
        # OVERRIDE 'mailroom.document'
        if self.invoice_pdf_report_id:
            return safe_file_name(self.invoice_pdf_report_id.sudo().name, ".pdf")
        return safe_file_name((self.name or "").replace("/", "_"), ".pdf")

    def _mailroom_related_documents(self):
        # OVERRIDE 'mailroom.document'
        return [self.line_ids.sale_line_ids.order_id]

    def _mailroom_blockers(self):
        # OVERRIDE 'mailroom.document': what Odoo's own sending would refuse, too
        constraints = self.env["account.move.send"]._get_move_constraints(self)
        return list(constraints.items())

    def _mailroom_post_context(self):
        # EXTENDS: keep the sent files from being read as new vendor bills
        return {
            **super()._mailroom_post_context(),
            "disable_attachment_import": True,
            "no_document": True,
        }

    def _mailroom_pressed_by(self):
        # EXTENDS: what the cron sends, a person has asked for
        asked = (self.sending_data or {}).get("author_user_id")
        return super()._mailroom_pressed_by() or self.env["res.users"].browse(asked)

    # === WHAT THE CUSTOMER SEES === #

    @api.model
    def _mailroom_content_depends(self):
        # OVERRIDE 'mailroom.document'
        return [
            "name",
            "state",
            *self._mailroom_address_paths("partner_id"),
            "invoice_date",
            "invoice_date_due",
            "payment_reference",
            "ref",
            "invoice_origin",
            "narration",
            "currency_id",
            "amount_total",
            "invoice_line_ids.name",
            "invoice_line_ids.quantity",
            "invoice_line_ids.price_unit",
            "invoice_line_ids.discount",
            "invoice_line_ids.price_subtotal",
        ]

    def _mailroom_content(self):
        # OVERRIDE 'mailroom.document'
        content = self._mailroom_head_content(
            {
                "name": self.name,
                "partner_id": self.partner_id.contact_address,
                "invoice_date": self.invoice_date,
                "invoice_date_due": self.invoice_date_due,
                "payment_reference": self.payment_reference,
                "ref": self.ref,
                "invoice_origin": self.invoice_origin,
                "narration": self.narration,
                "amount_total": self._mailroom_money(
                    self.amount_total, self.currency_id
                ),
            }
        )
        content["invoice_line_ids"] = {
            "label": "invoice_line_ids",
            "lines": [
                self._mailroom_line_content(line, line.quantity)
                for line in self.invoice_line_ids
            ],
        }
        return content

    # === BUTTONS === #

    def action_send_and_print(self):
        # EXTENDS 'account': one dialog for one invoice; several at once stay Odoo's own
        action = super().action_send_and_print()
        if len(self) == 1:
            return self._mailroom_dialog_action() or action
        return action
