from odoo import api, fields, models
from odoo.tools import hmac

from ...tools.answer_token import make_token, read_token

ANSWERS = ("confirmed", "declined", "asked")
NOTE_LENGTH = 500


class CalendarEventAnswer(models.Model):
    """The customer answers a booking confirmation by a link, without a login. The link
    is his own: it names the booking and the message that brought it."""

    _inherit = "calendar.event"

    # === LINK === #

    @api.model
    def _mailroom_answer_key(self):
        # Nobody may read the secret; what leaves is a MAC made with it.
        return hmac(self.env(su=True), "mailroom-booking-answer", "key").encode()

    def _mailroom_answer_url(self, delivery):
        """Return the address where the reader of a message answers.

        :param delivery: ``mailroom.delivery``; a text message gets the short form
        """
        self.ensure_one()
        road = "mr" if delivery.channel == "sms" else "mailroom/booking"
        return self._mailroom_answer_address(road, delivery.id)

    def _mailroom_answer_address(self, road, reader):
        token = make_token(self._mailroom_answer_key(), self.id, reader)
        return f"{self.mailroom_order_id.get_base_url()}/{road}/{token}"

    @api.model
    def _mailroom_by_token(self, token):
        """Return ``(booking, delivery)`` of a link; nothing when it was not made here,
        belongs to another order or company, or the visit is over.

        :param str token: what stands in the address
        """
        # The token is what gives the right to see and answer this one booking.
        bookings = self.sudo().with_context(active_test=False)
        deliveries = self.env["mailroom.delivery"].sudo()
        ids = read_token(self._mailroom_answer_key(), token)
        if ids:
            booking = bookings.browse(ids[0]).exists()
            delivery = deliveries.browse(ids[1]).exists()
            if booking._mailroom_is_told_by(delivery):
                return booking, delivery
        return bookings.browse(), deliveries

    def _mailroom_is_told_by(self, delivery):
        """Return whether a message is about this booking, which is not over yet."""
        order = self.mailroom_order_id
        dispatch = delivery.dispatch_id
        return (
            bool(order)
            and (dispatch.res_model, dispatch.res_id) == (order._name, order.id)
            and delivery.company_id == order.company_id
            and self.stop > fields.Datetime.now()
        )

    # === ANSWER === #

    def _mailroom_may_be_answered(self):
        """Return whether the customer may still say something: until the visit."""
        self.ensure_one()
        begun = self.start <= fields.Datetime.now()
        return self.active and self.mailroom_visit_state != "cancelled" and not begun

    def _mailroom_take_answer(self, delivery, answer, note):
        """Record what the customer says and tell the planner, once.

        :param delivery: the message whose link was used
        :param str answer: one of ``ANSWERS``
        :param str note: his own words, plain text
        :return: whether it could be taken
        """
        self.ensure_one()
        if answer not in ANSWERS or not self._mailroom_may_be_answered():
            return False
        note = self._mailroom_clean_note(note) if answer != "confirmed" else ""
        if (answer, note) == (
            self.mailroom_visit_state,
            self.mailroom_answer_note or "",
        ):
            return True
        self.write(
            {
                "mailroom_visit_state": answer,
                "mailroom_answer_note": note,
                "mailroom_answered_at": fields.Datetime.now(),
            }
        )
        self._mailroom_tell_answer(delivery)
        return True

    def _mailroom_clean_note(self, note):
        """Return the customer's words without control characters, not too long."""
        lines = str(note or "").splitlines()
        kept = ("".join(c for c in line if c.isprintable()) for line in lines)
        return "\n".join(kept).strip()[:NOTE_LENGTH]
