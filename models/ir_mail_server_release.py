from odoo import models

from ..const import WAITING

# A change of one of these may take the right to carry a company's mail away.
RIGHTS = frozenset(
    {"active", "mailroom_company_id", "mailroom_user_id", "owner_user_id"}
    | {"smtp_authentication"}
)


class IrMailServerRelease(models.Model):
    """What waits on an account that goes away is held, and leaves through another."""

    _inherit = "ir.mail_server"

    def write(self, vals):
        # EXTENDS 'mail'
        result = super().write(vals)
        if RIGHTS & set(vals):
            for server in self:
                rows = server._mailroom_waiting_rows()
                server._mailroom_hold(rows.filtered(lambda r: r._lost_account()))
        return result

    def unlink(self):
        # EXTENDS 'base'
        for server in self:
            server._mailroom_hold(server._mailroom_waiting_rows())
        return super().unlink()

    def _mailroom_waiting_rows(self):
        # Looks after all companies' rows: none may get stuck or take a wrong way out.
        return (
            self.env["mailroom.delivery"]
            .sudo()
            .search([("account_id", "=", self.id), ("state", "in", WAITING)])
        )

    def _mailroom_hold(self, rows):
        """Hold messages until there is an account for them; they are made anew then,
        because another sender stands in From."""
        rows.filtered(lambda row: row.state in ("queued", "deferred")).write(
            {
                "state": "held",
                "hold_reason": "no_account",
                "account_id": False,
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
