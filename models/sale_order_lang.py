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

    def write(self, vals):
        # EXTENDS: the language, which may come with the customer, is that of the lines
        result = super().write(vals)
        if {"invoice_lang", "partner_id"} & vals.keys():
            self._mailroom_translate_lines()
        return result

    def _mailroom_product_lines(self):
        # OVERRIDE 'mailroom.document'
        if self.state not in ("draft", "sent"):
            return []
        return self.order_line.filtered("product_id")

    # === INVOICES === #

    def _prepare_invoice(self):
        # EXTENDS 'sale'
        return {**super()._prepare_invoice(), "invoice_lang": self._mailroom_lang()}

    def _get_invoice_grouping_keys(self):
        # EXTENDS 'sale': an invoice has one language
        return [*super()._get_invoice_grouping_keys(), "invoice_lang"]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _mailroom_product_text(self, lang):
        """Return what Odoo writes about a product on a line, in a language."""
        line = self.with_context(lang=lang)
        return line._get_sale_order_line_multiline_description_sale()

    def _prepare_invoice_line(self, **optional_values):
        # EXTENDS 'sale', which looks for the name in the language of the customer
        line = self.with_context(lang=self.order_id._get_lang())
        return super(SaleOrderLine, line)._prepare_invoice_line(**optional_values)
