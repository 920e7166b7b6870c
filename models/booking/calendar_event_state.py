from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models

# Fields of Odoo whose change the customer may notice
VISIBLE = {
    "active",
    "allday",
    "duration",
    "location",
    "mailroom_order_id",
    "mailroom_technician_ids",
    "partner_ids",
    "start",
    "start_date",
    "stop",
    "stop_date",
}


class CalendarEvent(models.Model):
    """What happens to a visit: it is moved, cancelled, answered."""

    _inherit = "calendar.event"

    mailroom_place = fields.Char(
        "Place",
        compute="_compute_mailroom_place",
        help="The location of the event, else the delivery address of the order.",
    )

    @api.depends(
        "location",
        "mailroom_order_id.partner_shipping_id.name",
        "mailroom_order_id.partner_shipping_id.contact_address",
    )
    def _compute_mailroom_place(self):
        for event in self:
            # Whoever sees the visit may know where it is.
            order = event.sudo().mailroom_order_id
            event.mailroom_place = event.location or order._mailroom_place()

    # === WHEN === #

    def _mailroom_zone(self):
        """Return the time zone of the place: the facility's, else the company's."""
        self.ensure_one()
        return self.sudo().mailroom_order_id._mailroom_zone()

    def _mailroom_span(self):
        """Return when the visit begins and ends, in UTC; a whole day is a day there.

        :rtype: tuple[datetime, datetime]
        """
        self.ensure_one()
        if not self.allday:
            return self.start, self.stop
        return (
            self._mailroom_midnight(self.start_date or self.start.date()),
            self._mailroom_midnight(
                (self.stop_date or self.stop.date()) + timedelta(days=1)
            ),
        )

    def _mailroom_midnight(self, day):
        zone = pytz.timezone(self._mailroom_zone())
        local = zone.localize(datetime.combine(day, time()))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _mailroom_is_over(self):
        """Return whether the visit lies in the past."""
        return self._mailroom_span()[1] <= fields.Datetime.now()

    # === MOVED, CANCELLED === #

    def _mailroom_seen(self):
        """Return what the customer knows of a visit: when, where, who, whether."""
        self.ensure_one()
        return {
            "order": self.mailroom_order_id.id,
            "time": (self.start, self.stop, self.allday),
            "place": self.location or "",
            "people": tuple(self._mailroom_staff().ids),
            "active": self.active,
        }

    def write(self, vals):
        # EXTENDS 'calendar'
        if "mailroom_visit_state" in vals and "active" not in vals:
            vals = {**vals, "active": vals["mailroom_visit_state"] != "cancelled"}
        if not VISIBLE & vals.keys():
            return super().write(vals)
        watched = self
        if "mailroom_order_id" not in vals:
            watched = self.filtered("mailroom_order_id")
        before = {event: event._mailroom_seen() for event in watched}
        orders = watched.mailroom_order_id
        result = super().write(vals)
        for event in watched.exists():
            seen = event._mailroom_seen()
            if seen != before[event]:
                values = event._mailroom_change_values(before[event], seen)
                super(CalendarEvent, event).write(values)
        (orders | watched.exists().mailroom_order_id)._mailroom_visits_changed()
        return result

    def _mailroom_change_values(self, before, seen):
        """Return what a change means for the visit: it counts (RFC 5546 3.2.2: a later
        SEQUENCE replaces an earlier one), and an answer holds for the time and the
        order it was given for."""
        values = {"mailroom_sequence": self.mailroom_sequence + 1}
        if not seen["active"]:
            values["mailroom_visit_state"] = "cancelled"
        elif self.mailroom_visit_state == "cancelled" or (
            (seen["time"], seen["order"]) != (before["time"], before["order"])
        ):
            values.update(
                mailroom_visit_state="planned",
                mailroom_answer_note=False,
                mailroom_answered_at=False,
            )
        return values

    def action_mailroom_cancel(self):
        """Cancel visits: they stay on the order, and leave the calendars."""
        self.check_access("write")
        self.write({"mailroom_visit_state": "cancelled"})
        return True

    def unlink(self):
        # EXTENDS 'calendar': a visit the customer knows of is cancelled, not forgotten
        known = self._mailroom_known_to_customer()
        if known:
            known.write({"mailroom_visit_state": "cancelled"})
        orders = self.mailroom_order_id
        result = super(CalendarEvent, self - known).unlink()
        orders.exists()._mailroom_visits_changed()
        return result

    def _mailroom_known_to_customer(self):
        """Return those visits to come that the customer was told of, or is about to
        be."""
        known = self.browse()
        for order, visits in self.grouped(lambda v: v.sudo().mailroom_order_id).items():
            told = order._mailroom_told_visits() if order else {}
            known |= visits.filtered(lambda visit, t=told: visit.mailroom_uid in t)
        return known.filtered(lambda visit: not visit._mailroom_is_over())
