from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    invoice_lang = fields.Selection(
        selection="_selection_invoice_lang",
        string="Invoice Language",
        help="Language of quotations, orders and invoices, of the messages they go "
        "with, and of their pages in the portal. Empty: that of the company the "
        "contact belongs to, else the contact's own language.",
    )

    invoice_lang_placeholder = fields.Char(compute="_compute_invoice_lang_placeholder")

    @api.model
    def _selection_invoice_lang(self):
        return self.env["res.lang"].get_installed()

    @api.depends("invoice_lang", "commercial_partner_id.invoice_lang")
    def _compute_invoice_lang_placeholder(self):
        names = dict(self._selection_invoice_lang())
        for partner in self:
            customer = partner.commercial_partner_id
            language = not partner.invoice_lang and names.get(customer.invoice_lang)
            partner.invoice_lang_placeholder = language and self.env._(
                "%(language)s, as %(company)s",
                language=language,
                company=customer.name,
            )

    def _mailroom_invoice_lang(self):
        """Return the code of the language for documents of this contact, or False.

        The contact's own wish comes first, then its company's, then the languages
        they speak with us.
        """
        customer = self.commercial_partner_id
        return self.invoice_lang or customer.invoice_lang or self.lang or customer.lang

    def _mailroom_address(self):
        """Return the postal address as lines of text, without the name."""
        if not self:
            return ""
        lines = self._display_address(without_company=True).splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())
