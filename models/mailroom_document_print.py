from odoo import models, modules

from ..const import PDF_SECONDS, PDF_SECONDS_EACH
from ..tools.pdf_check import PdfProblem, check_pdf


class MailroomDocumentPrint(models.AbstractModel):
    """Printing documents in groups, each PDF checked to be the right one."""

    _inherit = "mailroom.document"

    def _mailroom_for_purpose(self, purpose):
        """Return these documents as the paper that a purpose asks for: a model that has
        another report for it looks at ``mailroom_purpose`` in the context."""
        return self.with_context(mailroom_purpose=purpose)

    def _mailroom_is_printed(self):
        """Return whether there is a PDF of this document that goes along as it is, in
        the language of the message."""
        return False

    def _mailroom_print_checked(self, lang):
        """Print all documents of this recordset.

        :param str lang: language of the PDFs
        :return: ``{id: ir.attachment}``; the PDF first, then what belongs to it
        :rtype: dict
        :raise Exception: when one of them cannot be printed, or is not the right PDF
        """
        spoken = self.with_context(mailroom_lang=lang)
        fresh = self & spoken.filtered(lambda doc: not doc._mailroom_is_printed())
        limit = PDF_SECONDS + PDF_SECONDS_EACH * len(fresh)
        reports = self.env["ir.actions.report"]
        with reports._mailroom_time_limit(limit) as limited:
            documents = self.with_context(**limited.env.context)
            made = documents._mailroom_print(lang)
        numbers = {doc.id: doc._mailroom_printed_number() for doc in self}
        for document in self:
            # Pages may have been mixed up among those that were printed together.
            others = [numbers[d.id] for d in fresh - document if document in fresh]
            foreign = document._mailroom_foreign_numbers(others) if others else []
            self._mailroom_check(made[document.id][:1], numbers[document.id], foreign)
        return made

    def _mailroom_foreign_numbers(self, numbers):
        """Return those numbers of other documents that must not stand in this one's
        PDF; a credit note, for instance, rightly names its invoice."""
        named = str(self._mailroom_snapshot())
        return [number for number in numbers if number not in named]

    def _mailroom_printed_number(self):
        """Return the number that must stand in the PDF."""
        return self._mailroom_number()

    def _mailroom_check(self, attachment, number, foreign):
        data = attachment.raw or b""
        if modules.module.current_test and not data.startswith(b"%PDF"):
            # Odoo's test mode prints HTML instead of PDF.
            return
        try:
            check_pdf(data, number, foreign)
        except PdfProblem as problem:
            raise PdfProblem(f"{number}: {problem.code}") from problem

    def _mailroom_print(self, lang):
        """Print with the report of ``_mailroom_report`` and store the PDFs on the
        documents. Override for documents that have a PDF of their own."""
        result = {}
        for report, documents in self.grouped(lambda d: d._mailroom_report()).items():
            documents = documents.with_context(lang=lang, mailroom_lang=lang)
            content, kind = documents.env["ir.actions.report"]._pre_render_qweb_pdf(
                report.report_name, res_ids=documents.ids
            )
            pdfs = report._get_splitted_report(report.report_name, content, kind)
            for document in documents:
                result[document.id] = document._mailroom_store_pdf(pdfs[document.id])
        return result

    def _mailroom_store_pdf(self, data):
        # The sender may read the document; keeping what he sends needs no more.
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": self._mailroom_file_name(),
                    "raw": data,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
