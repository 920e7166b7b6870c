from odoo import api, models

from ...const import BOOKING_KINDS, ORDER_KINDS
from ...tools.placeholder_value import Listing
from ...tools.tag_spec import TagSpec

MODEL = "sale.order"
KINDS = ("quotation", *ORDER_KINDS, "message")


class SaleOrder(models.Model):
    """What the tags give about visits."""

    _inherit = MODEL

    def _mailroom_visit_text(self, visit):
        """Return who comes and when: ``Kim Ek, fredag 06 oktober, 07:00 – 10:00``; and
        where, when it is not at the delivery address."""
        if not visit:
            return ""
        when = self._mailroom_when(self._mailroom_visit_values(visit))
        parts = (self._mailroom_visit_people(visit), when, visit.location)
        return ", ".join(filter(None, parts))

    def _mailroom_visit_list(self, visits):
        return Listing(tuple(self._mailroom_visit_text(visit) for visit in visits))

    def _mailroom_next_visit(self, part=None):
        """Return the next visit in words, or one part of it.

        :param str part: people, day, time, place, or location (empty at the delivery
            address); None for all of it
        """
        visit = self._mailroom_visits()[:1]
        if not visit:
            return ""
        if part == "place":
            return visit.location or self._mailroom_place()
        if part == "location":
            return visit.location or ""
        if part == "people":
            return self._mailroom_visit_people(visit)
        write = {"day": self._mailroom_visit_day, "time": self._mailroom_visit_time}
        if part:
            return write[part](self._mailroom_visit_values(visit))
        return self._mailroom_visit_text(visit)


class MailroomTag(models.AbstractModel):
    """Tags of visits and of what is serviced."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: who comes, when, and what for
        group = self.env._("Booked")
        lists = [
            TagSpec(
                "FutureBookings",
                group,
                self.env._("List of the visits to come: who, which day, when"),
                self._only_of(
                    MODEL, lambda d: d._mailroom_visit_list(d._mailroom_visits())
                ),
                kinds=KINDS,
            ),
            TagSpec(
                "LaterBookings",
                group,
                self.env._("List of the visits after the next one"),
                self._only_of(
                    MODEL, lambda d: d._mailroom_visit_list(d._mailroom_visits()[1:])
                ),
                kinds=KINDS,
            ),
            *self._heard_specs(group),
            TagSpec(
                "ServiceObjects",
                group,
                self.env._("Machines that the work is about, separated by commas"),
                self._only_of(MODEL, lambda d: d._mailroom_object_names()),
                kinds=KINDS,
            ),
        ]
        return [*super()._specs(), *self._next_booking_specs(group), *lists]

    def _heard_specs(self, group):
        changed = self.env._(
            "List of the visits that have changed, as the customer was told; empty "
            "when nothing else was told before"
        )
        return [
            TagSpec(
                "CancelledBookings",
                group,
                self.env._("List of the visits that were cancelled"),
                lambda d: d._mailroom_cancelled_list(),
                kinds=BOOKING_KINDS,
            ),
            TagSpec(
                "ChangedBookings",
                group,
                changed,
                lambda d: d._mailroom_changed_list(),
                kinds=BOOKING_KINDS,
            ),
        ]

    def _next_booking_specs(self, group):
        parts = {
            "Name": ("people", self.env._("Who comes next: the technician")),
            "Date": ("day", self.env._("Day of the next visit")),
            "Time": ("time", self.env._("From when to when the next visit is")),
            "Place": ("place", self.env._("Where the next visit is")),
            "Location": (
                "location",
                self.env._(
                    "Where the next visit is; empty when at the delivery address"
                ),
            ),
        }
        whole = TagSpec(
            "NextBooking",
            group,
            self.env._("The next visit: who, which day, when"),
            self._only_of(MODEL, lambda d: d._mailroom_next_visit()),
            kinds=KINDS,
        )
        return [whole] + [
            TagSpec(
                f"NextBooking.{name}",
                group,
                label,
                self._only_of(MODEL, lambda d, part=part: d._mailroom_next_visit(part)),
                (f"nextBooking{name}",),
                KINDS,
            )
            for name, (part, label) in parts.items()
        ]
