from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The legal PDF is made once, by Odoo's own sending, with its e-invoice. A message
    in another language takes a copy in that language along."""

    _inherit = "account.move"

    mailroom_pdf_lang = fields.Char(
        "Language of the PDF",
        copy=False,
        readonly=True,
        help="In which language the PDF of this invoice was made.",
    )

    def _mailroom_print(self, lang):
        # EXTENDS 'mailroom.document'
        self._mailroom_make_legal_files(lang)
        foreign = self.filtered(lambda move: move._mailroom_pdf_is_foreign(lang))
        # Without the context, Odoo may give a PDF it has stored instead of printing.
        foreign = foreign.with_context(report_pdf_no_attachment=True)
        made = super(AccountMove, foreign)._mailroom_print(lang)
        copies = self._mailroom_copy_legal_files(lang)
        nothing = self.env["ir.attachment"].sudo()
        return {
            move.id: made.get(move.id, nothing) | copies.get(move.id, nothing)
            for move in self
        }

    def _mailroom_make_legal_files(self, lang):
        sending = self.env["account.move.send"].with_context(mailroom_lang=lang)
        missing = self.filtered(lambda move: not move._mailroom_has_legal_files())
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

    def _mailroom_is_printed(self):
        # OVERRIDE 'mailroom.document'
        lang = self._mailroom_print_lang()
        foreign = self._mailroom_pdf_is_foreign(lang)
        return not foreign and self._mailroom_has_legal_files()

    def _mailroom_has_legal_files(self):
        """Return whether there is a PDF, and nothing of Odoo's electronic invoicing
        that might have to be made beside it."""
        sending = self.env["account.move.send"]
        return bool(
            self.invoice_pdf_report_id
            and not sending._get_default_invoice_edi_format(self, sending_methods=[])
            and not sending._get_default_extra_edis(self)
        )

    def _mailroom_pdf_is_foreign(self, lang):
        """Return whether the PDF that exists is known to be in another language."""
        known = self.mailroom_pdf_lang
        return bool(known and known != lang and self.invoice_pdf_report_id)

    def _mailroom_copy_legal_files(self, lang):
        """Return copies of the PDFs and of what belongs to them: the invoice keeps its
        own, the message keeps what it took along.

        :return: ``{id: ir.attachment}``; the PDF first, if it is in that language
        """
        # Rights on the invoices were checked when the messages were queued.
        originals = {move: move._mailroom_legal_files(lang) for move in self.sudo()}
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

    def _mailroom_legal_files(self, lang):
        extras = self.env["account.move.send"]._get_invoice_extra_attachments(self)
        pdf = self.invoice_pdf_report_id
        return extras - pdf if self._mailroom_pdf_is_foreign(lang) else pdf | extras


class AccountMoveSend(models.AbstractModel):
    """Odoo's own sending makes the PDF, whoever asks for it."""

    _inherit = "account.move.send"

    def _link_invoice_documents(self, invoices_data):
        # EXTENDS 'account': remember in which language the PDFs were printed
        result = super()._link_invoice_documents(invoices_data)
        here = self.env.context.get("mailroom_lang")
        for move, data in invoices_data.items():
            if data.get("pdf_attachment_values"):
                # Past the model's own ``write``: an invoice goes through its
                # bookkeeping there, and this is none of it.
                lang = here or move._mailroom_lang()
                move._fields["mailroom_pdf_lang"].write(move, lang)
        return result
