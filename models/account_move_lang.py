from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    invoice_lang = fields.Selection(
        help="Language of the document, of the messages it goes with and of its "
        "page in the portal. Taken from the order, else from the customer.",
    )

    @api.depends("partner_id", "move_type")
    def _compute_invoice_lang(self):
        active = dict(self._selection_invoice_lang())
        for move in self:
            lang = move.is_sale_document(include_receipts=True) and (
                move.partner_id._mailroom_invoice_lang()
            )
            move.invoice_lang = lang if lang in active else False

    @api.depends("invoice_lang")
    def _compute_narration(self):
        # EXTENDS 'account': the terms are in the language of the invoice; those of a
        # posted one stay as they are
        drafts = self.filtered(lambda move: move.state == "draft")
        result = super(AccountMove, drafts)._compute_narration()
        for move in drafts.filtered("invoice_lang"):
            company = move.company_id.with_context(lang=move.invoice_lang)
            if move.narration and company.terms_type != "html":
                move.narration = company.invoice_terms
        return result

    def write(self, vals):
        # EXTENDS: the language, which may come with the customer, is that of the lines
        result = super().write(vals)
        if {"invoice_lang", "partner_id"} & vals.keys():
            self._mailroom_translate_lines()
        return result

    def _mailroom_product_lines(self):
        # OVERRIDE 'mailroom.document'
        if self.state != "draft" or not self.is_sale_document(include_receipts=True):
            return []
        return self.invoice_line_ids.filtered("product_id")

    def _reverse_move_vals(self, default_values, cancel=True):
        # EXTENDS 'account': a credit note speaks the language of its invoice
        values = super()._reverse_move_vals(default_values, cancel=cancel)
        if self.invoice_lang:
            values["invoice_lang"] = self.invoice_lang
        return values
