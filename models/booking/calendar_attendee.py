from odoo import models


class CalendarAttendee(models.Model):
    """Odoo's own invitations reach the staff only: the customer hears of a visit when
    the planner wants it, in the customer's words and language."""

    _inherit = "calendar.attendee"

    def _should_notify_attendee(self, *args, **kwargs):
        # EXTENDS 'calendar'
        event = self.event_id
        if event.sudo().mailroom_order_id and (
            self.partner_id not in event._mailroom_staff().partner_id
        ):
            return False
        return super()._should_notify_attendee(*args, **kwargs)
