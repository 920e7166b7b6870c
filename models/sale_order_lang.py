from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    invoice_lang = fields.Selection(
        help="Language of the document, of the messages it goes with and of its "
        "page in the portal. Taken from the customer; its invoices take it from here.",
    )

    @api.depends("partner_id")
    def _compute_invoice_lang(self):
        active = dict(self._selection_invoice_lang())
        for order in self:
            lang = order.partner_id._mailroom_invoice_lang()
            order.invoice_lang = lang if lang in active else False

    @api.depends("invoice_lang")
    def _compute_note(self):
        # EXTENDS 'sale': the terms are in the language of the order; those of a
        # confirmed one stay as they are
        drafts = self.filtered(lambda order: order.state in ("draft", "sent"))
        result = super(SaleOrder, drafts)._compute_note()
        for order in drafts.filtered("invoice_lang"):
            company = order.company_id.with_context(lang=order.invoice_lang)
            if order.note and company.terms_type != "html":
                order.note = company.invoice_terms
        return result

    def _get_lang(self):
        # EXTENDS 'sale': descriptions of lines are written in the document's language
        return self.invoice_lang or super()._get_lang()

    def _prepare_invoice(self):
        # EXTENDS 'sale'
        values = super()._prepare_invoice()
        if self.invoice_lang:
            values["invoice_lang"] = self.invoice_lang
        return values
