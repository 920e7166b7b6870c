from odoo import models


class MailroomDispatchRefresh(models.Model):
    """Telling the documents, and everybody who looks at them, what became of it."""

    _inherit = "mailroom.dispatch"

    def _refresh_documents(self):
        """Bring the state of the documents up to date and tell open screens.

        What is marked as untold stays marked: whoever presses a button may not see yet
        what the queue has just recorded, so the queue itself has the last word.
        """
        for res_model, dispatches in self.grouped("res_model").items():
            if res_model not in self.env:
                continue
            documents = self.env[res_model].sudo().browse(dispatches.mapped("res_id"))
            documents = documents.exists()
            documents._mailroom_refresh()
            for document in documents:
                document._mailroom_announce()
