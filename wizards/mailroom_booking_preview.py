from odoo import models


class MailroomSend(models.TransientModel):
    """The dialog shows a booking message as it will be: with the button to answer."""

    _inherit = "mailroom.send"

    def _document(self):
        # EXTENDS
        document = super()._document()
        if self.purpose != "booking":
            return document
        return document._mailroom_for_purpose("booking")
