from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The legal PDF is made once, by Odoo's own sending, with its e-invoice."""

    _inherit = "account.move"

    def _mailroom_print(self, lang):
        # OVERRIDE 'mailroom.document'
        sending = self.env["account.move.send"]
        missing = self.filtered(lambda move: not move._mailroom_is_printed())
        if missing:
            sending._check_sending_data(missing)
        data = {
            move.sudo(): sending._get_default_sending_settings(move, sending_methods=[])
            for move in missing.with_context(mailroom_lang=lang)
        }
        sending._generate_invoice_documents(data)
        for move_data in data.values():
            if error := move_data.get("error"):
                text = error if isinstance(error, str) else None
                raise UserError(text or sending._format_error_text(error))
        return self._mailroom_copy_legal_files()

    def _mailroom_is_printed(self):
        """Return whether there is a PDF, and nothing of Odoo's electronic invoicing
        that might have to be made beside it."""
        sending = self.env["account.move.send"]
        return bool(
            self.invoice_pdf_report_id
            and not sending._get_default_invoice_edi_format(self, sending_methods=[])
            and not sending._get_default_extra_edis(self)
        )

    def _mailroom_copy_legal_files(self):
        """Return copies of the PDFs and of what belongs to them: the invoice keeps its
        own, the message keeps what it took along.

        :return: ``{id: ir.attachment}``; the PDF first
        """
        # Rights on the invoices were checked when the messages were queued.
        originals = {move: move._mailroom_legal_files() for move in self.sudo()}
        values = [
            {
                "name": attachment.name,
                "raw": attachment.raw,
                "mimetype": attachment.mimetype,
                "res_model": self._name,
                "res_id": move.id,
            }
            for move, attachments in originals.items()
            for attachment in attachments
        ]
        return self.env["ir.attachment"].sudo().create(values).grouped("res_id")

    def _mailroom_legal_files(self):
        extras = self.env["account.move.send"]._get_invoice_extra_attachments(self)
        return self.invoice_pdf_report_id | extras
