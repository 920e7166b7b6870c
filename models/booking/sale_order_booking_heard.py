from odoo import fields, models

from ...const import ON_THE_ROAD
from ...tools.placeholder_value import Listing
from .sale_order_booking_content import VISITS, plain_visit


class SaleOrder(models.Model):
    """What a message says of earlier ones: which visits are off, and which are not what
    the customer has read."""

    _inherit = "sale.order"

    mailroom_heard = fields.Json(
        compute="_compute_mailroom_heard",
        groups="base.group_user",
        help="What the last message about visits said that has left.",
    )

    def _compute_mailroom_heard(self):
        last = self._mailroom_last_dispatches("booking", ON_THE_ROAD)
        for order in self:
            dispatch = last.get(order.id)
            order.mailroom_heard = dispatch and dispatch.content

    def _mailroom_heard_visits(self):
        """Return ``{uid: values}`` of the visits as the customer has read of them."""
        # Who writes to the customer may know what was written to him before.
        heard = self.sudo().mailroom_heard or {}
        lines = heard.get(VISITS, {}).get("lines", [])
        return {line["key"]: plain_visit(line["values"]) for line in lines}

    def _mailroom_cancelled_visits(self):
        """Return the cancelled visits that would still be to come and that the customer
        has read of, the next one first. Where no visit is left at all: also those that
        he knows of in another way."""
        visits = self.sudo().mailroom_booking_ids.filtered(
            lambda visit: not visit.active and not visit._mailroom_is_over()
        )
        heard = self._mailroom_heard_visits()
        known = visits.filtered(lambda visit: visit.mailroom_uid in heard)
        if not known and not self._mailroom_visits():
            known = visits
        return known.sorted(lambda visit: (visit._mailroom_span()[0], visit.id))

    # === IN WORDS === #

    def _mailroom_cancelled_list(self):
        """Return the cancelled visits in the words that the customer knows them by."""
        heard = self._mailroom_heard_visits()
        return Listing(
            tuple(
                self._mailroom_heard_text(heard[visit.mailroom_uid])
                if visit.mailroom_uid in heard
                else self._mailroom_visit_text(visit)
                for visit in self._mailroom_cancelled_visits()
            )
        )

    def _mailroom_changed_list(self):
        """Return the visits that still stand, but not as the customer has read: in the
        words of then."""
        heard = self.sudo().mailroom_heard
        if not heard:
            return ""
        changed = [
            plain_visit(old)
            for old, new in self._mailroom_visit_differences(heard)
            if old and new
        ]
        changed.sort(key=lambda values: values["start"])
        return Listing(tuple(map(self._mailroom_heard_text, changed)))

    def _mailroom_heard_text(self, values):
        """Return who was to come, when, and where if it is another place than now.

        :param dict values: what ``plain_visit`` returned
        """
        here = self.with_context(lang="en_US")._mailroom_place()
        place = values.get("place", "")
        parts = (
            values.get("technicians"),
            self._mailroom_when(values),
            place if place != here else "",
        )
        return ", ".join(filter(None, parts))
