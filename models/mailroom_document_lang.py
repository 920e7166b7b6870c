from odoo import api, models


class MailroomDocumentLang(models.AbstractModel):
    """The language of a document: of its mail, its PDF, its pages and its file name."""

    _inherit = "mailroom.document"

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
        chosen = "invoice_lang" in self._fields and self.invoice_lang
        return chosen or self.partner_id._mailroom_invoice_lang()

    def _mailroom_print_lang(self):
        """Return the language to print in: the message's, else the document's."""
        return self.env.context.get("mailroom_lang") or self._mailroom_lang()
