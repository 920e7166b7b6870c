import io

import xlsxwriter

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ..tools.file_name import safe_file_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Customers decide what stands in the cells: none of it is a formula or a link.
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class BatchController(http.Controller):
    """Download of what became of a batch, as a spreadsheet."""

    @http.route(
        "/mailroom/batch/<int:batch_id>.xlsx", type="http", auth="user", readonly=True
    )
    def export(self, batch_id):
        """Give the lines of a batch to whoever may read it."""
        batch = request.env["mailroom.batch"].browse(batch_id)
        try:
            if not batch.exists() or not batch.has_access("read"):
                raise request.not_found()
            rows = batch._export_rows()
        except AccessError as error:
            raise request.not_found() from error
        name = safe_file_name(batch.name, ".xlsx")
        return request.make_response(
            _spreadsheet(rows),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )


def _spreadsheet(rows):
    """Return rows as the bytes of a spreadsheet, the first one as its head."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, head if number == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return stream.getvalue()
