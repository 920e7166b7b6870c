from odoo import fields, models

# Sent by nobody's own hand
UNASKED = ("rule", "batch")


class MailroomDeliveryQuiet(models.Model):
    """Quiet hours: nobody is woken by what a rule or a batch sends."""

    _inherit = "mailroom.delivery"

    def _is_unasked(self):
        """Return whether nobody sent this message by hand."""
        dispatch = self.dispatch_id
        return dispatch.automatic or dispatch.origin in UNASKED

    def _wait_for_day(self):
        """Let what nobody sent by hand wait while it is night.

        :return: whether this message waits
        :rtype: bool
        """
        until = self.company_id._mailroom_quiet_until(fields.Datetime.now())
        # What would be too late by then goes now.
        late = until and self.give_up_at and self.give_up_at <= until
        if not until or late or not self._is_unasked():
            return False
        values = {"state": "deferred", "reason": "quiet", "next_try": until}
        self._put_back(values)
        others = self._waiting_with().filtered(
            lambda r: (
                r.next_try < until
                and r._is_unasked()
                and not (r.give_up_at and r.give_up_at <= until)
            )
        )
        (others - self).write({**values, "stale": True})
        return True
