from odoo import models
from odoo.exceptions import UserError

from ...const import BOOKING_KINDS
from ...tools.address import split_addresses
from ...tools.plan import Recipient, Wishes


class SaleOrder(models.Model):
    """Does the contact have to hear of the visits? Asked after saving, answered by a
    person."""

    _inherit = "sale.order"

    def mailroom_get_status(self):
        # EXTENDS 'mailroom.document'
        return {**super().mailroom_get_status(), "booking": self._mailroom_booking()}

    def _mailroom_booking(self):
        """Return what the status lines tell of the visits; nothing without any.

        :return: ``state`` and its ``label``; ``red`` where something lies ahead that
            the customer does not know: untold or changed, and its ``differences`` in
            words; the ``kind`` of message that tells him
        """
        state = self.mailroom_booking_state
        if not state:
            return {}
        labels = dict(
            self._fields["mailroom_booking_state"]._description_selection(self.env)
        )
        red = self._mailroom_booking_red()
        changed = red == "changed"
        return {
            "state": state,
            "label": labels[state],
            "red": red,
            "differences": self._mailroom_differences("booking") if changed else [],
            "kind": self._mailroom_booking_kind() if red else False,
        }

    def _mailroom_booking_red(self):
        """Return what the customer has to hear of a visit to come: untold or changed,
        empty for nothing. That a visit is over no stored field notices at once."""
        self.ensure_one()
        if self.mailroom_booking_state == "not_confirmed":
            return "untold" if self._mailroom_visits() else ""
        changed = self.mailroom_booking_changed
        return "changed" if changed and self._mailroom_differences("booking") else ""

    def mailroom_booking_question(self):
        """Return what to ask after an order or a visit was saved.

        :return: False when there is nothing to ask, else ``kind`` of the template,
            ``title``, ``question``, ``contact`` and his ``email`` (empty: there is
            none, only the dialog can help), ``lines``: the visits or what has changed
        :rtype: dict
        """
        self.ensure_one()
        if not self.has_access("read"):
            # A technician moves his visit, and need not see the order.
            return False
        self._mailroom_check_staff()
        contact = self.mailroom_contact_id
        if not contact or not self.env.user._mailroom_may_send():
            return False
        if not self._mailroom_booking_red():
            return False
        kind = self._mailroom_booking_kind()
        name = contact.name or contact.display_name
        titles = (
            self.env._("Booking confirmation"),
            self.env._("Booking cancellation"),
        )
        questions = (
            self.env._("Send %s a booking confirmation?", name),
            self.env._("Tell %s that the visit is cancelled?", name),
        )
        chosen = BOOKING_KINDS.index(kind)
        return {
            "kind": kind,
            "title": titles[chosen],
            "question": questions[chosen],
            "contact": name,
            "email": contact.email or "",
            "lines": self._mailroom_question_lines(),
        }

    def _mailroom_question_lines(self):
        """Return ``[{label, old, new}]``: what the contact would learn."""
        if self.mailroom_booking_changed:
            return self._mailroom_differences("booking")
        visit = self.env._("Visit")
        return [
            {"label": visit, "old": "", "new": self._mailroom_visit_text(visit_)}
            for visit_ in self._mailroom_visits()
        ]

    def mailroom_booking_send(self):
        """Tell the contact at once, by email, what holds for the visits.

        :return: the action that says that the message is queued
        :raise UserError: when the contact has no address or the message is blocked
        """
        self.ensure_one()
        self._mailroom_check_staff()
        contact = self.mailroom_contact_id
        if not contact:
            raise UserError(
                self.env._(
                    "%s has no contact person. Choose one, or press “Send booking "
                    "confirmation” to choose who gets it.",
                    self.name,
                )
            )
        wishes = Wishes(
            template=self._mailroom_booking_template(),
            recipients=self._mailroom_contact_recipients(contact),
            purpose="booking",
        )
        plans = self.env["mailroom.planner"]._plan(self, wishes)
        return self.env["mailroom.dispatch"]._send(plans)._queued_notification()

    def _mailroom_contact_recipients(self, contact):
        if not contact.email:
            raise UserError(
                self.env._(
                    "%s has no email address. Add one on the contact, or press “Send "
                    "booking confirmation” to choose another way.",
                    contact.display_name,
                )
            )
        # What is no address is kept as it is: the plan says so in words.
        addresses, errors = split_addresses(contact.email)
        texts = [a.email for a in addresses] + [error.text for error in errors]
        return [Recipient(text, contact.name or "", contact) for text in texts]

    def _mailroom_booking_template(self):
        """Return the template for what has to be told now.

        :raise UserError: when there is none
        """
        kind = self._mailroom_booking_kind()
        template = self._mailroom_template_of(kind)
        if not template:
            raise UserError(
                self.env._(
                    "There is no template for a booking message in the language of "
                    "%s. Write one under Mailroom / Templates.",
                    self.name,
                )
            )
        return template
