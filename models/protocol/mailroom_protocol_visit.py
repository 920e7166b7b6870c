from datetime import timedelta

from odoo import api, fields, models


class MailroomProtocol(models.Model):
    """When who was there: as it was booked, else now and whoever writes it down."""

    _inherit = "mailroom.protocol"

    visit_start = fields.Datetime(
        compute="_compute_visit", store=True, readonly=False, precompute=True
    )
    visit_stop = fields.Datetime(
        compute="_compute_visit", store=True, readonly=False, precompute=True
    )
    user_id = fields.Many2one(
        compute="_compute_visit", store=True, readonly=False, precompute=True
    )

    @api.depends("order_id")
    def _compute_visit(self):
        for protocol in self:
            protocol.update(protocol._prepare_visit())

    def _prepare_visit(self):
        """Return when the visit was and who came."""
        booked = self._booked_visit()
        if booked:
            start, stop = booked._mailroom_span()
            staff = booked._mailroom_staff()
            me = self.env.user & staff
            technician = me or staff[:1] or self.env.user
            return {"visit_start": start, "visit_stop": stop, "user_id": technician}
        start = self.visit_start or self._last_quarter()
        return {
            "visit_start": start,
            "visit_stop": self.visit_stop or start + timedelta(hours=1),
            "user_id": self.user_id or self.env.user,
        }

    def _booked_visit(self):
        """Return the booking that a protocol is most likely about: the last one that
        has begun, else the next one."""
        visits = self.order_id._mailroom_visits(upcoming=False)
        now = fields.Datetime.now()
        begun = visits.filtered(lambda visit: visit._mailroom_span()[0] <= now)
        return begun[-1:] or visits[:1]

    @api.model
    def _last_quarter(self):
        """Return the last full quarter of an hour, in UTC."""
        now = fields.Datetime.now()
        return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
