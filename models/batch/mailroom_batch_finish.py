from markupsafe import Markup

from odoo import fields, models


class MailroomBatchFinish(models.Model):
    """The end of a batch, and open screens that follow it."""

    _inherit = "mailroom.batch"

    def _finish_if_over(self):
        """Call the batch finished when nothing of it moves any more. What waits for an
        account or a mail server is told as waiting and still changes afterwards."""
        moving = self.env["mailroom.batch.line"].search_count(
            [("batch_id", "=", self.id), ("result", "in", ("todo", "queued"))], limit=1
        )
        if moving:
            return
        self.state = "done"
        self._finish()

    def _finish(self):
        """Write down how it went, and tell whoever sent it."""
        self.finished_at = fields.Datetime.now()
        self._log(self._speaking(self).summary)
        self._announce()
        self._tell_sender()

    def _tell_sender(self):
        """Tell whoever pressed Send how it went, with a link to the batch."""
        user = self._sender()
        if not user.active or user._is_superuser():
            return
        batch = self._speaking(self)
        # The queue does not stop for a mail server: Odoo's own queue sends the notice.
        batch.with_context(mail_notify_force_send=False).message_notify(
            partner_ids=user.partner_id.ids,
            subject=batch.env._("%(name)s: %(summary)s", **batch._told()),
            body=Markup("<p>%s</p>") % batch.summary,
        )
        user._bus_send("mailroom/batch_done", {"id": self.id, **batch._told()})

    def _told(self):
        return {"name": self.name, "summary": self.summary}

    def _announce(self):
        """Tell open screens of these batches that something became known."""
        for batch in self:
            self.env["bus.bus"]._sendone(
                batch, "mailroom/batch_changed", {"id": batch.id}
            )
