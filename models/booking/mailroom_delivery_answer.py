from odoo import models


class MailroomDelivery(models.Model):
    """Each recipient of a booking message gets a link of his own."""

    _inherit = "mailroom.delivery"

    def _html_and_text(self, document):
        # EXTENDS
        return super()._html_and_text(self._with_answer_link(document))

    def _own_sms_text(self, document):
        # EXTENDS: with the reader's own short link
        return super()._own_sms_text(self._with_answer_link(document))

    def _with_answer_link(self, document):
        """Return the document as the reader of this message is to see it."""
        if self.dispatch_id.purpose != "booking":
            return document
        return document.with_context(
            mailroom_purpose="booking", mailroom_answer_delivery=self.id
        )
