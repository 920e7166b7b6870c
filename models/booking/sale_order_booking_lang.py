from odoo import models

from ...const import BOOKING_KINDS


class SaleOrder(models.Model):
    """Messages about visits are written in the language of the contact person."""

    _inherit = "sale.order"

    def _mailroom_chosen_lang(self):
        # EXTENDS 'mailroom.document': unless somebody chose one for this order
        lang = super()._mailroom_chosen_lang()
        contact = self.mailroom_contact_id
        by_hand = self.invoice_lang and (
            self.invoice_lang != self.partner_id._mailroom_invoice_lang()
        )
        if not self._mailroom_about_booking() or by_hand or not contact:
            return lang
        installed = dict(self._selection_invoice_lang())
        own = contact._mailroom_invoice_lang()
        return own if own in installed else lang

    def _mailroom_template_of(self, kind):
        # EXTENDS 'mailroom.document'
        order = self
        if kind in BOOKING_KINDS:
            order = self._mailroom_for_purpose("booking")
        template = super(SaleOrder, order)._mailroom_template_of(kind)
        return template.with_env(self.env)
