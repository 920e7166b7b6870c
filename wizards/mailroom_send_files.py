from odoo import models
from odoo.fields import Command

from ..tools.plan import File


class MailroomSendFiles(models.TransientModel):
    """The files of the dialog: which are offered, and which go along."""

    _inherit = "mailroom.send"

    def _prepare_file_lines(self, plan):
        """Return the files to offer: the document's own, those of the same case, and
        those uploaded on the record."""
        files = [*plan.files, *self._case_files(plan), *self._uploaded_files(plan)]
        return [
            Command.create(
                {
                    "sequence": number,
                    "selected": file.selected,
                    "name": file.name,
                    "origin": self._file_origin(plan, file),
                    "attachment_id": file.attachment.id if file.attachment else False,
                    "res_model": file.document._name if file.document else False,
                    "res_id": file.document.id if file.document else False,
                }
            )
            for number, file in enumerate(files)
        ]

    def _case_files(self, plan):
        return [
            File(
                related._mailroom_pdf_name(plan.lang), document=related, selected=False
            )
            for documents in plan.document._mailroom_related_documents()
            for related in documents
            if related.has_access("read")
        ]

    def _uploaded_files(self, plan):
        if not plan.company.mailroom_offer_uploads:
            return []
        document = plan.document
        uploaded = self.env["ir.attachment"].search(
            [
                ("res_model", "=", document._name),
                ("res_id", "=", document.id),
                ("res_field", "=", False),
                ("type", "=", "binary"),
            ],
            order="id",
        )
        # What Mailroom printed itself is no upload; only whether it is, is looked up.
        printed = (
            self.env["mailroom.dispatch.file"]
            .sudo()
            .search(
                [("attachment_ids", "in", uploaded.ids), ("res_model", "!=", False)]
            )
            .attachment_ids
        )
        return [
            File(attachment.name, attachment=attachment, selected=False)
            for attachment in uploaded - printed.sudo(False)
        ]

    def _file_origin(self, plan, file):
        if file.main:
            return self.env._("The document, printed when sending")
        if file.document:
            return self.env._("Printed when sending")
        if plan.template and file.attachment in plan.template.sudo().attachment_ids:
            return self.env._("Goes along with the template")
        return self.env._("Uploaded on the record")

    def _chosen_files(self):
        files = []
        for line in self.file_ids.filtered("selected"):
            document = None
            if line.res_model:
                document = self.env[line.res_model].browse(line.res_id)
            files.append(File(line.name, line.attachment_id._origin or None, document))
        uploads = self.upload_ids._origin or self.upload_ids
        return files + [File(upload.name, attachment=upload) for upload in uploads]
