from odoo import api, models
from odoo.fields import Domain

from ...const import BOOKING_KINDS


class SaleOrder(models.Model):
    """Messages about visits: their templates, their people, what may stop them."""

    _inherit = "sale.order"

    def _mailroom_order_type(self):
        # OVERRIDE 'mailroom.document'
        return self.mailroom_order_type_id

    @api.model
    def _mailroom_template_kinds(self):
        # EXTENDS 'mailroom.document'
        return [*super()._mailroom_template_kinds(), *BOOKING_KINDS]

    def _mailroom_usable_kinds(self):
        # EXTENDS 'mailroom.document'
        return [*super()._mailroom_usable_kinds(), *BOOKING_KINDS]

    def _mailroom_pickable_kinds(self, purpose):
        # EXTENDS 'mailroom.document': visits have a dialog of their own, which tells
        # of those that there are
        told = {
            "booking_confirmation": self._mailroom_visits,
            "booking_cancellation": self._mailroom_cancelled_visits,
        }
        return [
            kind
            for kind in super()._mailroom_pickable_kinds(purpose)
            if kind not in told or (purpose == "booking" and told[kind]())
        ]

    @api.model
    def _mailroom_kind_domain(self, kind):
        # EXTENDS 'mailroom.document': the preview shows an order that has a visit
        domain = super()._mailroom_kind_domain(kind)
        if kind in BOOKING_KINDS:
            domain &= Domain("mailroom_booking_state", "!=", False)
        return domain

    def _mailroom_booking_kind(self):
        """Return the kind of message that fits now: a confirmation of what stands, a
        cancellation when nothing is left of what was to come."""
        off = not self._mailroom_visits() and self._mailroom_cancelled_visits()
        return BOOKING_KINDS[1] if off else BOOKING_KINDS[0]

    # === MESSAGES ABOUT VISITS === #

    def _mailroom_topic(self):
        # EXTENDS 'mailroom.document': who asked to hear of visits
        return (
            "bookings" if self._mailroom_about_booking() else super()._mailroom_topic()
        )

    def _mailroom_report(self):
        # EXTENDS 'mailroom.document': a visit has no paper
        report = super()._mailroom_report()
        return report.browse() if self._mailroom_about_booking() else report

    def _mailroom_blockers(self):
        # EXTENDS 'mailroom.document': that nobody comes may be said of every order
        if not self._mailroom_about_booking():
            return super()._mailroom_blockers()
        if self._mailroom_visits() or self._mailroom_cancelled_visits():
            return []
        sentence = self.env._(
            "No visit is booked for %s. Add one under “Booked” first.", self.name
        )
        return [("no_visit", sentence)]

    def _mailroom_about_booking(self):
        return self.env.context.get("mailroom_purpose") == "booking"
