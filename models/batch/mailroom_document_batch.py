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
