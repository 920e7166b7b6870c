from odoo import models

COLUMNS = (
    "document_name",
    "customer_id",
    "recipients",
    "channel",
    "lang",
    "template_id",
    "account_name",
    "file_names",
    "subject",
    "light",
    "result",
    "words",
)


class MailroomBatchExport(models.Model):
    """The lines of a batch as rows of a spreadsheet."""

    _inherit = "mailroom.batch"

    def _export_rows(self):
        """Return the head and one row per line, all plain text.

        :rtype: list[list[str]]
        """
        self.ensure_one()
        fields = self.line_ids._fields
        head = [fields[name]._description_string(self.env) for name in COLUMNS]
        lines = [[line._cell(name) for name in COLUMNS] for line in self.line_ids]
        return [head, *lines]


class MailroomBatchLineExport(models.Model):
    _inherit = "mailroom.batch.line"

    def _cell(self, name):
        field, value = self._fields[name], self[name]
        if not value:
            return ""
        if field.type == "many2one":
            return value.display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value)
