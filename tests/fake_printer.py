"""Tiny but real PDFs in the place of wkhtmltopdf."""

import io

from reportlab.pdfgen.canvas import Canvas


class FakePrinter:
    """Prints the number of a document on a page, and nothing else.

    :ivar set broken: numbers that cannot be printed
    :ivar dict wrong: number → number that is printed instead
    :ivar list printed: ``(number, language)`` in the order of printing
    """

    def __init__(self):
        self.broken = set()
        self.wrong = {}
        self.printed = []

    def pre_render(self, reports, report_ref, res_ids=None, data=None):
        """Stand in for ``ir.actions.report._pre_render_qweb_pdf``."""
        model = reports._get_report(report_ref).model
        records = reports.env[model].browse(res_ids)
        return {record.id: self._stream(record) for record in records}, "pdf"

    def _stream(self, record):
        number = record.name
        if number in self.broken:
            raise RuntimeError(f"wkhtmltopdf failed on {number}")
        self.printed.append((number, record._mailroom_print_lang()))
        stream = io.BytesIO()
        canvas = Canvas(stream)
        canvas.drawString(72, 720, self.wrong.get(number, number))
        canvas.save()
        return {"stream": stream, "attachment": None}
