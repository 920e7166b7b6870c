from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class MailroomDeliveryLeaving(models.Model):
    """What leaves by itself in a few minutes, in one place, where it can be stopped."""

    _inherit = "mailroom.delivery"

    leaves_at = fields.Datetime(related="dispatch_id.not_before", string="Leaves At")
    rule = fields.Char(related="dispatch_id.rule")

    @api.model
    def _leaving_domain(self):
        return Domain("state", "=", "held") & Domain("hold_reason", "=", "minutes")

    @api.model
    def get_leaving(self):
        """Return how many messages leave by themselves, and when the next one does.

        :return: ``count`` of those the user sees, ``minutes`` until the first
        :rtype: dict
        """
        self._check_is_sender()
        waiting = self.search(self._leaving_domain())
        moments = [m for m in waiting.dispatch_id.mapped("not_before") if m]
        if not moments:
            return {"count": len(waiting), "minutes": 0}
        seconds = (min(moments) - fields.Datetime.now()).total_seconds()
        return {"count": len(waiting), "minutes": max(round(seconds / 60), 0)}

    @api.model
    def stop_leaving(self):
        """Cancel all messages that the user sees leave by themselves.

        :return: how many were stopped
        :rtype: int
        """
        self._check_is_sender()
        waiting = self.search(self._leaving_domain())
        if waiting:
            waiting.action_cancel()
        return len(waiting)

    def _check_is_sender(self):
        if not self.env.user._mailroom_may_send():
            raise AccessError(self.env._("You may not act on messages."))
