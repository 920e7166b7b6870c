from odoo import models


class AccountMovePosted(models.Model):
    """An invoice that is posted may tell its customer."""

    _inherit = "account.move"

    def _post(self, soft=True):
        # EXTENDS 'account'
        posted = super()._post(soft)
        fresh = posted.filtered(
            lambda move: (
                move._mailroom_kind() == "invoice"
                and move.state == "posted"
                and move.mailroom_state == "not_sent"
            )
        )
        for company, invoices in fresh.grouped("company_id").items():
            company._mailroom_fire_posted(invoices)
        return posted

    def button_draft(self):
        # EXTENDS 'account': what was to be sent of it is not true any more
        result = super().button_draft()
        invoices = self.filtered(lambda move: move._mailroom_kind())
        invoices._mailroom_withdraw()
        return result
