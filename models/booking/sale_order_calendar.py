from odoo import fields, models


class SaleOrder(models.Model):
    """The visits as entries for the customer's calendar."""

    _inherit = "sale.order"

    def _mailroom_calendar(self):
        """Return the visits that a message tells of: those to come, and as cancelled
        those that the customer knows of.

        :return: keyword arguments of ``tools.calendar_file.Visit``
        :rtype: list[dict]
        """
        visits = self._mailroom_visits()
        known = self._mailroom_told_visits()
        gone = self.sudo().mailroom_booking_ids.filtered(
            lambda visit: not visit.active and visit.mailroom_uid in known
        )
        return [self._mailroom_calendar_entry(visit) for visit in visits | gone]

    def _mailroom_calendar_entry(self, visit):
        start, stop = map(fields.Datetime.to_string, visit._mailroom_span())
        return {
            "uid": visit.mailroom_uid,
            "sequence": visit.mailroom_sequence,
            "start": start,
            "stop": stop,
            "allday": visit.allday,
            "zone": self._mailroom_zone(),
            "summary": self._mailroom_visit_title(),
            "description": self._mailroom_visit_description(visit),
            "place": visit.location or self._mailroom_place(),
            "cancelled": not visit.active,
        }

    def _mailroom_visit_title(self):
        """Return what the visit is called in the customer's calendar."""
        what = self.mailroom_order_type_id.name or self.env._("Visit")
        return f"{self.company_id.name}: {what} {self.name}"

    def _mailroom_visit_description(self, visit):
        people = self._mailroom_visit_people(visit)
        machines = self._mailroom_object_names()
        lines = (
            people and self.env._("Technician: %s", people),
            machines and self.env._("Service objects: %s", machines),
            self.client_order_ref
            and self.env._("Your order number: %s", self.client_order_ref),
        )
        return "\n".join(filter(None, lines))

    def _mailroom_object_names(self):
        """Return the machines that the work is about, separated by commas."""
        # A seller of the order may tell its customer what the order is about.
        machines = self.sudo().mailroom_object_ids.sorted(
            lambda machine: (machine.name, machine.number or "")
        )
        return ", ".join(machine._mailroom_label() for machine in machines)
