from odoo import api, models

from ..const import LOST

# Rows told about in one transaction.
AT_ONCE = 200


class MailroomDeliveryTell(models.Model):
    """Documents, envelopes and open screens learn what became of messages, in the
    queue's own time: the result itself is recorded before."""

    _inherit = "mailroom.delivery"

    @api.model
    def _to_be_told(self):
        """Return deliveries whose document does not know of the newest state yet."""
        return self.search([("stale", "=", True)], limit=AT_ONCE, order="id")

    def _tell_documents(self):
        """Let documents, envelopes and open screens know of these deliveries."""
        self._update_envelopes()
        self._remind_of_failure()
        self.dispatch_id._refresh_documents()
        self._leave_untold()

    def _leave_untold(self):
        """Take the mark off."""
        self.write({"stale": False})

    def _remind_of_failure(self):
        """Give whoever pressed Send a to-do when a message failed for good: failing
        is never silent."""
        for delivery in self.filtered(lambda d: d.state in LOST and not d.superseded):
            user = delivery._user_to_remind()
            document = user and delivery._document()
            if not document or "activity_ids" not in document._fields:
                continue
            document.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Message not sent: %s", delivery.address),
                note=delivery.words,
                user_id=user.id if user.active else self.env.uid,
            )

    def _user_to_remind(self):
        """Return whose to-do a failed message is, possibly nobody's. TO EXTEND."""
        return self.dispatch_id.user_id
