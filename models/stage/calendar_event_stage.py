from odoo import models

NEEDS_PERSON = ("declined", "asked")


class CalendarEventStage(models.Model):
    """A customer who declines a visit, or asks for another time, makes the order
    unresolved."""

    _inherit = "calendar.event"

    def write(self, vals):
        # EXTENDS 'calendar'
        before = {visit: visit.mailroom_visit_state for visit in self}
        result = super().write(vals)
        for visit in self.exists():
            state = visit.mailroom_visit_state
            if state in NEEDS_PERSON and state != before[visit]:
                order = visit.sudo().mailroom_order_id
                order._mailroom_needs_person(visit._mailroom_needs_words())
        return result

    def _mailroom_needs_words(self):
        """Return what the history of the order says."""
        if self.mailroom_visit_state == "declined":
            return self.env._("The customer declined “%s”.", self.sudo().name)
        return self.env._("The customer asks for another time: “%s”.", self.sudo().name)
