from odoo import api, models
from odoo.fields import Domain

from ..const import ORDER_KINDS

KINDS = ("quotation", "order")


class SaleOrder(models.Model):
    """What the tags give for quotations and orders."""

    _inherit = "sale.order"

    @api.model
    def _mailroom_template_kinds(self):
        # OVERRIDE 'mailroom.document'
        return [*KINDS, "ready_message", "message"]

    @api.model
    def _mailroom_kind_domain(self, kind):
        # OVERRIDE 'mailroom.document'
        operators = {"quotation": "not in", "order": "in", "ready_message": "in"}
        if kind not in operators:
            return Domain.TRUE
        return Domain("state", operators[kind], ["sale"])

    def _mailroom_usable_kinds(self):
        # EXTENDS 'mailroom.document'
        kinds = super()._mailroom_usable_kinds()
        return [*kinds, "ready_message"] if self.state == "sale" else kinds

    def _mailroom_message_kind(self):
        # OVERRIDE 'mailroom.document': the work is done, the invoice follows
        return "ready_message" if self.state == "sale" else "message"

    def _mailroom_date(self):
        # OVERRIDE 'mailroom.document'
        return self.date_order

    def _mailroom_payment_terms(self):
        # OVERRIDE 'mailroom.document'
        return self.payment_term_id.name

    def _mailroom_payment_reference(self):
        # OVERRIDE 'mailroom.document'
        return self.reference

    def _mailroom_order_reference(self):
        # OVERRIDE 'mailroom.document'
        return self.name

    def _mailroom_customer_reference(self):
        # OVERRIDE 'mailroom.document'
        return self.client_order_ref

    def _mailroom_lines(self):
        # OVERRIDE 'mailroom.document'
        return [
            (line.name, line.product_uom_qty, line.price_subtotal)
            for line in self.order_line
            if not line.display_type
        ]

    def _mailroom_link_anchors(self):
        # OVERRIDE 'mailroom.document'
        return {"sign": "#modalaccept"}


class MailroomTag(models.AbstractModel):
    """Tags of quotations and orders only."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: until when it holds, when it is delivered
        group = self.env._("Document")
        return [
            *super()._specs(),
            *self._date_specs(
                "ValidUntil",
                group,
                self.env._("Last day of the offer"),
                self._only_of("sale.order", lambda d: d.validity_date),
                kinds=("quotation", "message"),
            ),
            *self._date_specs(
                "DeliveryDate",
                group,
                self.env._("Promised delivery date"),
                self._only_of("sale.order", lambda d: d.commitment_date),
                kinds=("quotation", *ORDER_KINDS, "message"),
            ),
        ]
