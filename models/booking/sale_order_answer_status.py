from odoo import models

OPEN = ("declined", "asked")


class SaleOrder(models.Model):
    """What customers answered and somebody has to see to, at the top of the order."""

    _inherit = "sale.order"

    def _mailroom_booking(self):
        # EXTENDS: visits that the customer declined or wants at another time
        status = super()._mailroom_booking()
        if status:
            visits = self._mailroom_visits()
            status["answers"] = [
                self._mailroom_answer_line(visit)
                for visit in visits.filtered(lambda v: v.mailroom_visit_state in OPEN)
            ]
        return status

    def _mailroom_may_be_read_by(self, user):
        """Return whether a user of the staff may see to an answer."""
        company = self.company_id
        if not user.active or user.share or company not in user.company_ids:
            return False
        order = self.with_user(user).with_context(allowed_company_ids=company.ids)
        return order.has_access("read")

    def _mailroom_answer_line(self, visit):
        """Return what the status lines show of one answer."""
        when = self._mailroom_when(self._mailroom_visit_values(visit))
        words = {
            "declined": self.env._("The customer declined the visit on %s.", when),
            "asked": self.env._("The customer asks for another time than %s.", when),
        }
        state = visit.mailroom_visit_state
        return {
            "id": visit.id,
            "state": state,
            "words": words[state],
            "note": visit.mailroom_answer_note or "",
        }
