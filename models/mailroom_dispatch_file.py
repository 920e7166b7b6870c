from odoo import fields, models
from odoo.exceptions import UserError


class MailroomDispatchFile(models.Model):
    """A file that goes along: one that exists, or a document still to be printed."""

    _name = "mailroom.dispatch.file"
    _description = "File of a message"
    _order = "sequence, id"

    dispatch_id = fields.Many2one(
        "mailroom.dispatch", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    name = fields.Char(required=True)
    res_model = fields.Char("Printed Model")
    res_id = fields.Many2oneReference("Printed Document", model_field="res_model")
    purpose = fields.Char(help="Which paper of the document is printed.")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "mailroom_dispatch_file_attachment_rel",
        "file_id",
        "attachment_id",
        help="The file itself; a printed document may bring its e-invoice along.",
    )

    def _to_print(self):
        """Return the files whose document must be printed first."""
        return self.filtered(lambda file: file.res_model and not file.attachment_ids)

    def _papers(self):
        """Return these files by what is printed: ``{(model, purpose): files}``."""
        return self.grouped(lambda file: (file.res_model, file.purpose))

    def _documents_to_print(self):
        """Return the documents of files that must be printed, as one recordset for
        each kind of paper and language."""
        spoken = self._to_print().grouped(lambda file: file.dispatch_id.lang)
        return [
            self.env[res_model]
            .browse(files.mapped("res_id"))
            .exists()
            .with_context(mailroom_lang=lang)
            ._mailroom_for_purpose(purpose)
            for lang, group in spoken.items()
            for (res_model, purpose), files in group._papers().items()
            if res_model in self.env
        ]

    def _check_present(self):
        """Refuse to go without a file that was chosen and deleted since.

        :raise UserError: with the name of the file
        """
        for file in self:
            lost = file.attachment_ids.filtered(lambda a: a.file_size and not a.raw)
            if lost or not file.attachment_ids:
                raise UserError(self.env._("the file “%s” was deleted", file.name))

    def _named_attachments(self):
        """Return ``[(name, attachment)]``: the first file has the name that was asked
        for, what comes along with it keeps its own."""
        attachments = self.attachment_ids.sorted("id")
        return [
            (self.name if number == 0 else attachment.name, attachment)
            for number, attachment in enumerate(attachments)
        ]
