from odoo import models

# What Odoo calls it, and what a delivery report calls it.
REPORTS = {
    "process": "accepted",
    "pending": "accepted",
    "sent": "delivered",
    "bounce": "failed",
    "exception": "failed",
    "canceled": "failed",
}


class SmsTracker(models.Model):
    """Odoo's own SMS service reports to Odoo's own address, which asks the trackers: a
    message of ours has one, too."""

    _inherit = "sms.tracker"

    def _update_sms_notifications(
        self, notification_status, failure_type=False, failure_reason=False
    ):
        # EXTENDS 'sms'
        result = super()._update_sms_notifications(
            notification_status, failure_type, failure_reason
        )
        keys = self.filtered(lambda t: not t.mail_notification_id).mapped("sms_uuid")
        rows = self.env["mailroom.delivery"].search(
            [("sms_key", "in", keys), ("gateway_id.provider", "=", "odoo")]
        )
        state = REPORTS.get(notification_status, "")
        for row in rows:
            row._sms_report(
                state,
                f"{row.sms_key}:{notification_status}",
                text=failure_reason or failure_type or notification_status,
            )
        return result
