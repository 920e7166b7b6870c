from odoo import api, models

from ..tools.file_name import safe_file_name


class SaleOrder(models.Model):
    """Quotations and orders as documents that can be sent."""

    _name = "sale.order"
    _inherit = ["sale.order", "mailroom.document"]

    # === WHAT IT IS === #

    def _mailroom_kind(self):
        # OVERRIDE 'mailroom.document'
        return "order" if self.state == "sale" else "quotation"

    def _mailroom_number(self):
        # OVERRIDE 'mailroom.document'
        return self.name

    # === WHOM TO SEND TO === #

    def _mailroom_partners(self):
        # OVERRIDE 'mailroom.document'
        return [
            ("contact", self.partner_id),
            ("customer", self.partner_id.commercial_partner_id),
            ("facility", self.partner_shipping_id),
            ("invoice", self.partner_invoice_id),
        ]

    # === WHAT TO SEND === #

    def _mailroom_core_template(self):
        # OVERRIDE 'mailroom.document'
        return self._find_mail_template() or super()._mailroom_core_template()

    def _mailroom_report(self):
        # OVERRIDE 'mailroom.document'
        # Reports are readable by everybody who may print; the action itself is not.
        return self.env.ref("sale.action_report_saleorder").sudo()

    def _mailroom_file_name(self, lang=None):
        # OVERRIDE 'mailroom.document'
        return safe_file_name(self.name, ".pdf")

    def _mailroom_related_documents(self):
        # OVERRIDE 'mailroom.document': an invoice can be sent only once it is posted
        return [self.invoice_ids.filtered(lambda m: m.state == "posted")]

    def _mailroom_blockers(self):
        # OVERRIDE 'mailroom.document'
        if self.state != "cancel":
            return []
        return [
            (
                "cancelled",
                self.env._("%s is cancelled and cannot be sent.", self.name),
            )
        ]

    # === WHAT THE CUSTOMER SEES === #

    @api.model
    def _mailroom_content_depends(self):
        # OVERRIDE 'mailroom.document'
        return [
            "name",
            "partner_id.name",
            *self._mailroom_address_paths("partner_invoice_id"),
            *self._mailroom_address_paths("partner_shipping_id"),
            "currency_id",
            "validity_date",
            "commitment_date",
            "client_order_ref",
            "payment_term_id",
            "note",
            "amount_total",
            "order_line.name",
            "order_line.product_uom_qty",
            "order_line.price_unit",
            "order_line.discount",
            "order_line.price_subtotal",
        ]

    def _mailroom_content(self):
        # OVERRIDE 'mailroom.document'
        content = self._mailroom_head_content(
            {
                "name": self.name,
                "partner_id": self.partner_id.name,
                "partner_invoice_id": self.partner_invoice_id.contact_address,
                "partner_shipping_id": self.partner_shipping_id.contact_address,
                "validity_date": self.validity_date,
                "commitment_date": self.commitment_date,
                "client_order_ref": self.client_order_ref,
                "payment_term_id": self.payment_term_id.name,
                "note": self.note,
                "amount_total": self._mailroom_money(
                    self.amount_total, self.currency_id
                ),
            }
        )
        content["order_line"] = {
            "label": "order_line",
            "lines": [
                self._mailroom_line_content(line, line.product_uom_qty)
                for line in self.order_line
            ],
        }
        return content

    # === BUTTONS === #

    def action_quotation_send(self):
        # EXTENDS 'sale': one dialog for one order; several at once stay Odoo's own,
        # written one message per order so that each is tracked
        action = super().action_quotation_send()
        if len(self) == 1 and not self.env.context.get("proforma"):
            return self._mailroom_dialog_action() or action
        context = action.get("context") or {}
        if context.get("default_composition_mode") == "mass_mail":
            context["default_composition_mode"] = "comment"
        return action

    def _mailroom_message_is_document(self, message):
        # EXTENDS: a pro-forma invoice is another paper
        proforma = self.env.context.get("proforma")
        return not proforma and super()._mailroom_message_is_document(message)

    def _mailroom_after_accepted(self):
        # OVERRIDE 'mailroom.document': a quotation is "sent" once it really is
        result = super()._mailroom_after_accepted()
        self.filtered(lambda order: order.state == "draft").with_context(
            tracking_disable=True
        ).write({"state": "sent"})
        return result
