from markupsafe import Markup

from odoo import api, models

from ...const import BOOKING_KINDS
from ...tools.tag_spec import TagSpec

ANCHOR = "#visit"
# Of a column of PostgreSQL: no message has a longer link.
LAST_ID = 2**31 - 1


class SaleOrder(models.Model):
    """The customer's way from a booking message to his answer. A text is the same for
    everybody who gets it and has the plain address, which asks for a login; what leaves
    has the reader's own link, which asks for none."""

    _inherit = "sale.order"

    def _mailroom_plain_answer_link(self):
        return f"{self._mailroom_plain_link()}{ANCHOR}"

    def _mailroom_answer_link(self):
        """Return the link to answer about the next visit: the reader's own while his
        message is made, empty when no visit is to come."""
        self.ensure_one()
        visit = self._mailroom_visits()[:1]
        if not visit:
            return ""
        # Only what is frozen names its reader; he gets nothing but his own link.
        delivery = (
            self.env["mailroom.delivery"]
            .sudo()
            .browse(self.env.context.get("mailroom_answer_delivery", []))
        )
        if not delivery:
            return self._mailroom_plain_answer_link()
        return visit._mailroom_answer_url(delivery)

    def _mailroom_button(self, partner=None):
        # EXTENDS: a booking message asks for an answer; whoever gets it may give one
        if self.env.context.get("mailroom_purpose") != "booking":
            return super()._mailroom_button(partner)
        return self._mailroom_answer_link(), self.env._("Confirm or change the visit")

    def _mailroom_open_links(self, body, partner):
        # EXTENDS: the link to the order itself is opened as in any other message
        body = self._mailroom_open_answer_link(body)
        order = self.with_context(mailroom_purpose=False)
        return super(SaleOrder, order)._mailroom_open_links(body, partner)

    def _mailroom_longest_sms(self, text):
        # EXTENDS: the reader's own link is not the one that all see
        text = super()._mailroom_longest_sms(text)
        visit = self._mailroom_visits()[:1]
        plain = self._mailroom_plain_answer_link()
        if not visit or not text or plain not in text:
            return text
        return text.replace(plain, visit._mailroom_answer_address("mr", LAST_ID))

    def _mailroom_open_answer_link(self, text):
        """Return a text, HTML or plain, with the reader's own link to his answer."""
        plain, own = self._mailroom_plain_answer_link(), self._mailroom_answer_link()
        if not text or plain not in text:
            return text
        opened = str(text).replace(plain, own)
        return Markup(opened) if isinstance(text, Markup) else opened


class MailroomTag(models.AbstractModel):
    """The tag of the answer link, for text messages and for whoever wants it in the
    middle of a text."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS
        return [
            *super()._specs(),
            TagSpec(
                "Booking.AnswerLink",
                self.env._("Links"),
                self.env._("Address where the customer answers whether the time suits"),
                lambda d: d._mailroom_answer_link(),
                aliases=("AnswerLink",),
                kinds=BOOKING_KINDS,
            ),
        ]
