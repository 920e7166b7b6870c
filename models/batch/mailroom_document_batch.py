from odoo import models


class MailroomDocumentBatch(models.AbstractModel):
    """From documents selected in a list to the page where they are seen first."""

    _inherit = "mailroom.document"

    def action_mailroom_send_selected(self):
        """Open the dialog for one document, the batch of several."""
        if len(self) == 1:
            return self.action_mailroom_send()
        batch = self.env["mailroom.batch"]._make(self)
        batch._check()
        return batch.action_open()

    def _mailroom_stored_files(self, purpose):
        """Return the files of this document that exist already and would go along (as
        sudo). TO EXTEND."""
        return self.env["ir.attachment"].sudo()

    def _mailroom_message_line(self, dispatch, deliveries):
        # EXTENDS: the batch it left in, for who may open that
        line = super()._mailroom_message_line(dispatch, deliveries)
        batch = dispatch.batch_id.with_env(self.env)
        may_open = batch and batch.has_access("read")
        line["batch"] = {"id": batch.id, "name": batch.name} if may_open else False
        return line
