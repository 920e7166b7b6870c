from odoo import models


class SaleOrder(models.Model):
    """What the buttons beside "Booked" do."""

    _inherit = "sale.order"

    def action_mailroom_booking_send(self):
        """Open the dialog with a confirmation of the visits, or the news that they are
        cancelled."""
        self.ensure_one()
        self.check_access("read")
        kind = self._mailroom_booking_kind()
        return self.with_context(mailroom_template_kind=kind)._mailroom_dialog_action()

    def _mailroom_dialog_title(self, kind):
        # EXTENDS 'mailroom.document'
        titles = {
            "booking_confirmation": self.env._("Booking confirmation, %s", self.name),
            "booking_cancellation": self.env._("Booking cancellation, %s", self.name),
        }
        return titles.get(kind) or super()._mailroom_dialog_title(kind)

    def action_mailroom_calendar(self):
        """Open the calendar where the next visit is; what is added there belongs to
        this order."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "calendar.action_calendar_event"
        )
        visits = self._mailroom_visits()
        self._mailroom_show_technicians(visits)
        action["context"] = {
            "default_mailroom_order_id": self.id,
            "initial_date": visits[:1].start or False,
        }
        return action

    def _mailroom_show_technicians(self, visits):
        """Add who comes to the people whose calendars the planner sees beside his own,
        as he would in the calendar: else he opens it and sees no visit."""
        filters = self.env["calendar.filters"].with_context(active_test=False)
        people = visits.mailroom_technician_ids.partner_id
        known = filters.search(
            [("user_id", "=", self.env.uid), ("partner_id", "in", people.ids)]
        )
        filters.create(
            [{"partner_id": person.id} for person in people - known.partner_id]
        )


class CalendarEvent(models.Model):
    """From an event of the calendar to the order it was booked for."""

    _inherit = "calendar.event"

    def action_mailroom_booking_send(self):
        """Open the dialog with a confirmation of the visits of this event's order."""
        self.ensure_one()
        self.check_access("read")
        return self.mailroom_order_id.action_mailroom_booking_send()

    def action_mailroom_open_order(self):
        """Open the order that the visit is for."""
        self.ensure_one()
        self.check_access("read")
        self.mailroom_order_id.check_access("read")
        return self.mailroom_order_id.get_formview_action()
