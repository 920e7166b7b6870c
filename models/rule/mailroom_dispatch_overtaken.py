from odoo import models

from ...const import LOST


class MailroomDispatchOvertaken(models.Model):
    """What a rule has made wait may have lost its sense: the invoice is a draft again,
    the order is cancelled, or the document was sent meanwhile."""

    _inherit = "mailroom.dispatch"

    def _make_ready(self):
        # EXTENDS
        waited = self.filtered(lambda d: d.rule and d.not_before and not d.message_id)
        for dispatch in waited:
            reason = dispatch._why_not_any_more()
            if reason:
                dispatch._take_back(reason)
        return super()._make_ready()

    def _why_not_any_more(self):
        """Return in words why the message shall not leave, empty when it shall."""
        document = self._document()
        if not document:
            return ""
        document = document._mailroom_for_staff()
        for _code, sentence in document._mailroom_blockers():
            return sentence
        if self.purpose == "document" and self._was_sent_meanwhile():
            return document.env._("It was sent meanwhile.")
        return ""

    def _was_sent_meanwhile(self):
        others = self.search_count(
            [
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
                ("purpose", "=", self.purpose),
                ("id", ">", self.id),
                ("delivery_ids.state", "not in", ["cancelled", *LOST]),
            ],
            limit=1,
        )
        return bool(others)

    def _take_back(self, reason):
        """Cancel what waits, and say so in the document's history.

        :return: the messages that were cancelled
        """
        cancelled = self._still_waiting()._cancel()
        if not cancelled:
            return cancelled
        document = self._document()._mailroom_for_staff()
        document._message_log(
            body=document.env._(
                "Rule “%(rule)s”: the message that waited was not sent. %(reason)s",
                rule=self.rule,
                reason=reason,
            )
        )
        return cancelled
