import uuid

from odoo import models
from odoo.fields import Command
from odoo.tools.misc import clean_context

DATES = ("allday", "start", "stop", "start_date", "stop_date")


class CalendarEvent(models.Model):
    """A visit is given to another order, or to none. The customer of the first one, who
    knows of it, has to hear that nobody comes: there it stays, cancelled."""

    _inherit = "calendar.event"

    def write(self, vals):
        # EXTENDS 'calendar'
        if "mailroom_order_id" not in vals:
            return super().write(vals)
        new = self.env["sale.order"].browse(vals["mailroom_order_id"] or [])
        given = self.filtered(lambda v: v._mailroom_booked_for() != new)
        (given._mailroom_booked_for() | new).check_access("write")
        known = given._mailroom_known_to_customer()
        known._mailroom_leave_cancelled()
        usual = given.filtered(lambda v: v._mailroom_has_usual_name())
        result = super().write(vals)
        if new and "name" not in vals:
            usual.write({"name": new._mailroom_visit_name()})
        for visit in known:
            # For the calendar of another customer it is another visit.
            uid = f"{uuid.uuid4()}@mailroom"
            visit.write({"mailroom_uid": uid, "mailroom_sequence": 0})
        return result

    def _get_public_fields(self):
        # EXTENDS 'calendar': the order shows when somebody comes, also where the rest
        # of the visit is private
        names = {"mailroom_order_id", "mailroom_visit_state"}
        return super()._get_public_fields() | names

    def _mailroom_booked_for(self):
        # Read in any case; what may be done with the order its own rights say.
        return self.sudo().mailroom_order_id.sudo(self.env.su)

    def _mailroom_has_usual_name(self):
        # The name is compared, not shown.
        visit = self.sudo()
        order = visit.mailroom_order_id
        return bool(order) and visit.name == order._mailroom_visit_name()

    def _mailroom_leave_cancelled(self):
        """Leave visits on their orders as cancelled ones, under the names that the
        calendars of the customers know; no technician hears of it."""
        # Whoever may change the order may leave there what its customer knows of.
        events = self.sudo().with_context(
            clean_context(self.env.context),
            no_mail_to_attendees=True,
            dont_notify=True,
            skip_contact_description=True,
        )
        events.create([visit._mailroom_prepare_cancelled() for visit in events])

    def _mailroom_prepare_cancelled(self):
        return {
            **{name: self[name] for name in DATES},
            "name": self.name,
            "mailroom_order_id": self.mailroom_order_id.id,
            "user_id": self.user_id.id,
            "privacy": self.privacy,
            "location": self.location,
            "partner_ids": [Command.set(self.partner_ids.ids)],
            "active": False,
            "mailroom_visit_state": "cancelled",
            "mailroom_uid": self.mailroom_uid,
            "mailroom_sequence": self.mailroom_sequence + 1,
        }
