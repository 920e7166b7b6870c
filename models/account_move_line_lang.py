from odoo import models


class AccountMoveLine(models.Model):
    """Descriptions of products on an invoice are in the language of the invoice."""

    _inherit = "account.move.line"

    def _compute_name(self):
        # EXTENDS 'account', which takes the language of the customer
        lines = self.filtered(lambda line: line._mailroom_other_lang())
        for line in lines:
            # Odoo writes anew only what it takes for its own words.
            own = line._origin._mailroom_product_text(line._mailroom_other_lang())
            if own and line._origin.name == own:
                line.name = False
        result = super()._compute_name()
        for line in lines:
            if line.name == line._mailroom_product_text(line.partner_id.lang):
                line.name = line._mailroom_product_text(line._mailroom_other_lang())
        return result

    def _mailroom_other_lang(self):
        """Return the language of the invoice if it is not that of its customer."""
        lang = self.move_id.invoice_lang
        is_product = self.product_id and self.journal_id.type == "sale"
        return lang if is_product and lang != self.partner_id.lang else False

    def _mailroom_product_text(self, lang):
        """Return what Odoo writes about a product on a line, in a language."""
        product = self.product_id.with_context(lang=lang) if lang else self.product_id
        return "\n".join(
            text for text in (product.display_name, product.description_sale) if text
        )
