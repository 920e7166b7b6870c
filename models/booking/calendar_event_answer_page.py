from odoo import models

from ...tools.fingerprint import fingerprint

# Further visits that the page leads to.
OTHERS = 10


class CalendarEventAnswerPage(models.Model):
    """What the customer's page about a visit shows. Plain texts only: the page knows
    neither records nor anything else of the database."""

    _inherit = "calendar.event"

    def _mailroom_when(self):
        """Return day and time of a visit in words."""
        order = self.mailroom_order_id
        return order._mailroom_when(order._mailroom_visit_values(self))

    def _mailroom_version(self):
        """Return what changes whenever the visit is moved or cancelled, or its place or
        clock is another."""
        order = self.mailroom_order_id.with_context(lang="en_US")
        zone = {"label": "", "value": self._mailroom_zone()}
        visit = {"label": "", "lines": [order._mailroom_visit_content(self)]}
        return f"{self.mailroom_sequence}-{fingerprint({'zone': zone, 'visit': visit})}"

    def _mailroom_answer_page(self, delivery, moved=False):
        """Return the values of the template ``mailroom.booking_answer``.

        :param delivery: the message whose link was used
        :param bool moved: the visit is not what the customer answered about
        :rtype: dict
        """
        self.ensure_one()
        visit = self.with_context(lang=delivery.dispatch_id.lang)
        company = visit.mailroom_order_id.company_id
        return {
            "title": visit.env._("Visit on %s", visit._mailroom_when()),
            "company": company.name,
            "logo": visit._mailroom_answer_logo(),
            "color": self.env["mailroom.layout"]._color(company),
            "phone": company.phone or "",
            "phone_link": "".join(c for c in company.phone or "" if c in "+0123456789"),
            "facts": visit._mailroom_answer_facts(),
            "others": visit._mailroom_answer_others(delivery),
            "state": self.mailroom_visit_state,
            "note": self.mailroom_answer_note or "",
            "open": self._mailroom_may_be_answered(),
            "seen": self._mailroom_version(),
            "moved": moved,
        }

    def _mailroom_answer_facts(self):
        """Return ``[(label, text)]`` of what the customer knows from the message."""
        order = self.mailroom_order_id
        objects = order.mailroom_object_ids
        facts = (
            (self.env._("Who comes"), order._mailroom_visit_people(self)),
            (self.env._("Where"), self.mailroom_place),
            (self.env._("Order"), order.name),
            (self.env._("Your order number"), order.client_order_ref),
            (self.env._("What for"), "\n".join(objects.mapped("display_name"))),
        )
        return [(label, text) for label, text in facts if text]

    def _mailroom_answer_others(self, delivery):
        """Return ``[(address, words)]`` of the order's other visits to come."""
        others = self.mailroom_order_id._mailroom_visits() - self
        return [
            (visit._mailroom_answer_url(delivery), visit._mailroom_when())
            for visit in others[:OTHERS]
        ]

    def _mailroom_answer_logo(self):
        """Return the address of the company's logo, empty where it shows none."""
        company = self.mailroom_order_id.company_id
        if not self.env["mailroom.layout"]._logo(company):
            return ""
        return f"/logo.png?company={company.id}"
