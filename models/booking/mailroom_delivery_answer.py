from odoo import models


class MailroomDelivery(models.Model):
    """Each recipient of a booking message gets a link of his own."""

    _inherit = "mailroom.delivery"

    def _html(self, document):
        # EXTENDS
        return super()._html(self._with_answer_link(document))

    def _text(self, document, html):
        # EXTENDS
        return super()._text(self._with_answer_link(document), html)

    def _own_sms_text(self, document):
        """Return the text message as this recipient gets it: with his own short link.

        :param document: the record the message is about
        """
        text = self.dispatch_id.sms_text or ""
        if self.dispatch_id.purpose != "booking":
            return text
        return self._with_answer_link(document)._mailroom_open_answer_link(text)

    def _with_answer_link(self, document):
        """Return the document as the reader of this message is to see it."""
        if self.dispatch_id.purpose != "booking":
            return document
        return document.with_context(
            mailroom_purpose="booking", mailroom_answer_delivery=self.id
        )
