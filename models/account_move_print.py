from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The legal PDF is made once, by Odoo's own sending, with its e-invoice."""

    _inherit = "account.move"

    def _mailroom_print(self, lang):
        # OVERRIDE 'mailroom.document'
        sending = self.env["account.move.send"]
        sending._check_sending_data(self)
        data = {
            move.sudo(): sending._get_default_sending_settings(move, sending_methods=[])
            for move in self.with_context(mailroom_lang=lang)
        }
        sending._generate_invoice_documents(data)
        for move_data in data.values():
            if error := move_data.get("error"):
                text = error if isinstance(error, str) else None
                raise UserError(text or sending._format_error_text(error))
        return {move.id: move._mailroom_legal_files() for move in self}

    def _mailroom_legal_files(self):
        """Return copies of the PDF and of what belongs to it: the invoice keeps its
        own, the message keeps what it took along."""
        sending = self.env["account.move.send"]
        # Rights on the invoice were checked when the message was queued.
        extras = sending._get_invoice_extra_attachments(self).sudo()
        pdf = self.invoice_pdf_report_id.sudo()
        files = self.env["ir.attachment"].sudo()
        for attachment in pdf | (extras - pdf):
            files += files.create(
                {
                    "name": attachment.name,
                    "raw": attachment.raw,
                    "mimetype": attachment.mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        return files
