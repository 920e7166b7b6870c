from odoo import models


class AccountMove(models.Model):
    """What the customer is asked to do about an invoice (E1)."""

    _inherit = "account.move"

    def _mailroom_button_label(self):
        # EXTENDS 'mailroom.document'
        if self._has_to_be_paid() and self._mailroom_takes_online_payment():
            return self.env._("View and pay invoice")
        return super()._mailroom_button_label()

    def _mailroom_takes_online_payment(self):
        """Return whether the company has a way to pay on the page of the invoice."""
        # Whether there is one is no secret: the customer sees it on that page.
        providers = self.env["payment.provider"].sudo()
        return bool(
            providers.search_count(
                [
                    *providers._check_company_domain(self.company_id),
                    ("state", "in", ("enabled", "test")),
                    ("is_published", "=", True),
                ],
                limit=1,
            )
        )
