from odoo import api, fields, models


class MailroomDocumentLang(models.AbstractModel):
    """The language of a document: of its mail, its PDF, its pages and its file name."""

    _inherit = "mailroom.document"

    invoice_lang = fields.Selection(
        selection="_selection_invoice_lang",
        string="Document Language",
        compute="_compute_invoice_lang",
        store=True,
        readonly=False,
        precompute=True,
    )

    def _compute_invoice_lang(self):
        """Take the language from where the document comes from. TO OVERRIDE."""
        self.invoice_lang = False

    @api.model
    def _selection_invoice_lang(self):
        """Return the languages that a document's own field ``invoice_lang`` offers."""
        return self.env["res.lang"].get_installed()

    def _mailroom_lang(self):
        # EXTENDS: the language chosen on the document itself comes first
        lang = self._mailroom_chosen_lang()
        active = {code for code, _name in self.env["res.lang"].get_installed()}
        return lang if lang in active else super()._mailroom_lang()

    def _mailroom_chosen_lang(self):
        """Return the language that stands on the document or on its customer."""
        self.ensure_one()
        return self.invoice_lang or self.partner_id._mailroom_invoice_lang()

    # === LINES === #

    @api.onchange("invoice_lang")
    def _onchange_invoice_lang(self):
        """Show the lines in the language that was chosen."""
        self._mailroom_translate_lines()

    def _mailroom_product_lines(self):
        """Return the lines of a draft that may have Odoo's text about a product, each
        with a method ``_mailroom_product_text``. TO OVERRIDE."""
        return []

    def _mailroom_translate_lines(self):
        """Write texts of products on lines in the document's language; what somebody
        has written himself stays."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        for document in self.filtered("partner_id"):
            lang = document._mailroom_lang()
            for line in document._mailroom_product_lines():
                text = line._mailroom_product_text(lang)
                known = {line._mailroom_product_text(code) for code in installed}
                if line.name != text and line.name in known:
                    line.name = text

    def _mailroom_print_lang(self):
        """Return the language to print in: the message's, else the document's."""
        return self.env.context.get("mailroom_lang") or self._mailroom_lang()
