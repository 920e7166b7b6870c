from odoo import models


class AccountMove(models.Model):
    """What the customer is asked to do about an invoice (E1)."""

    _inherit = "account.move"

    def _mailroom_button_label(self):
        # EXTENDS 'mailroom.document'
        if self._mailroom_takes_online_payment() and self._has_to_be_paid():
            return self.env._("View and pay invoice")
        return super()._mailroom_button_label()

    def _mailroom_takes_online_payment(self):
        """Return whether the company has a way to pay on the page of the invoice."""
        # Asked once for all the invoices that are made ready together
        known = self.env.cr.cache.setdefault("mailroom_online_payment", {})
        company = self.company_id
        if company.id not in known:
            # Whether there is one is no secret: the customer sees it on that page.
            providers = self.env["payment.provider"].sudo()
            known[company.id] = bool(
                providers.search_count(
                    [
                        *providers._check_company_domain(company),
                        ("state", "in", ("enabled", "test")),
                        ("is_published", "=", True),
                    ],
                    limit=1,
                )
            )
        return known[company.id]
