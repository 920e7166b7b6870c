from odoo import models

from ..const import WAITING


class MailroomCarrierRelease(models.AbstractModel):
    """What waits on a carrier that goes away is held, and leaves through another."""

    _inherit = "mailroom.carrier"

    # A change of one of these may take the right to carry a company's messages away.
    _mailroom_rights = frozenset({"active"})

    def write(self, vals):
        # EXTENDS 'base'
        result = super().write(vals)
        if self._mailroom_rights & set(vals):
            for carrier in self:
                rows = carrier._mailroom_waiting_rows()
                carrier._mailroom_hold(rows.filtered(lambda r: r._lost_account()))
        return result

    def unlink(self):
        # EXTENDS 'base'
        for carrier in self:
            carrier._mailroom_hold(carrier._mailroom_waiting_rows())
        return super().unlink()

    def _mailroom_waiting_rows(self):
        # Looks after all companies' rows: none may get stuck or take a wrong way out.
        return (
            self.env["mailroom.delivery"]
            .sudo()
            .search(
                [(self._mailroom_row_field, "=", self.id), ("state", "in", WAITING)]
            )
        )

    def _mailroom_hold(self, rows):
        """Hold messages until there is a carrier for them; they are made anew then,
        because another sender stands in them."""
        rows.filtered(lambda row: row.state in ("queued", "deferred")).write(
            {
                "state": "held",
                "hold_reason": "no_account",
                self._mailroom_row_field: False,
                "ready": False,
                "stale": True,
            }
        )
        self.env["mailroom.queue"]._wake()


class MailroomDelivery(models.Model):
    _inherit = "mailroom.delivery"

    def _lost_account(self):
        """Return whether the account of this message may not carry it any more."""
        dispatch = self.dispatch_id
        return not self.account_id._mailroom_may_carry(
            self.company_id, dispatch._sending_user(), dispatch.template_id
        )
