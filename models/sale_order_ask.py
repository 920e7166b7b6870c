from odoo import models


class SaleOrder(models.Model):
    """What the customer is asked to do about an order (E1)."""

    _inherit = "sale.order"

    def _mailroom_button_label(self):
        # EXTENDS 'mailroom.document'
        to_sign, to_pay = self._has_to_be_signed(), self._has_to_be_paid()
        if to_sign and to_pay:
            return self.env._("Review, sign and pay")
        if to_sign:
            return self.env._("Review and sign")
        if to_pay:
            return self.env._("Review and pay")
        return super()._mailroom_button_label()
