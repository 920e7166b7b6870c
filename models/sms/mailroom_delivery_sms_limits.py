from odoo import api, models


class MailroomDeliveryLimits(models.Model):
    """Who wants none, quiet hours and the daily limit: asked when a text message would
    leave, so that what waited and retries keep to them, too."""

    _inherit = "mailroom.delivery"

    @api.model
    def _claim(self, carrier, worker, unlimited=False):
        # EXTENDS
        if carrier._name != "mailroom.gateway":
            return super()._claim(carrier, worker, unlimited)
        while row := super()._claim(carrier, worker, unlimited):
            if row._is_unwelcome():
                row._put_back({"state": "failed", "reason": "opted_out"})
            elif not row._is_limited() or row._may_leave():
                return row
            # The next claim is made in SQL.
            self.flush_model()
            if row.state == "queued":
                return self.browse()
        return row

    def _is_limited(self):
        # Mails, the many, ask for nothing.
        if self.channel != "sms":
            return False
        company = self.company_id
        return bool(company.mailroom_sms_daily_parts or company.mailroom_sms_quiet)

    def _may_leave(self):
        """Return whether a claimed message may leave now; else it waits."""
        if not self.gateway_id._mailroom_take_turn():
            # Another worker counts; it serves this gateway, too.
            self._put_back({"state": "queued"})
            return False
        return not self._wait_for_day() and not self._wait_for_room()

    def _waiting_with(self):
        """Return the messages of this one's company that wait for the same gateway,
        this one included."""
        return self | self.search(
            [
                ("gateway_id", "=", self.gateway_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("queued", "deferred")),
                ("ready", "=", True),
            ]
        )

    def _put_back(self, values):
        """Let a claimed message, which no attempt was made with, wait."""
        self.write(
            {
                "attempts": max(self.attempts - 1, 0),
                "worker": False,
                "phase": False,
                "stale": True,
                **values,
            }
        )
