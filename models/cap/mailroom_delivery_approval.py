import logging

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)


class MailroomDeliveryApproval(models.Model):
    """A mail manager lets go what went beyond a cap."""

    _inherit = "mailroom.delivery"

    approver_id = fields.Many2one(
        "res.users", "Approved By", readonly=True, copy=False, ondelete="set null"
    )
    approved_at = fields.Datetime("Approved On", readonly=True, copy=False)

    def action_approve(self):
        """Let messages leave that wait for approval."""
        self._check_may_approve()
        # Rights were checked; the outbox is written by the program only.
        waiting = self.sudo().filtered(
            lambda row: row.state == "held" and row.hold_reason == "approval"
        )
        if not waiting:
            raise UserError(self.env._("None of these messages waits for approval."))
        waiting._let_go(self.env.user)
        waiting.dispatch_id._refresh_documents()
        self.env["mailroom.queue"]._wake()
        return True

    def _check_may_approve(self):
        if not self.env.user.has_group("mailroom.mailroom_group_manager"):
            raise AccessError(
                self.env._("Only a mail manager can let these messages leave.")
            )
        self.check_access("read")
        for company in self.sudo().company_id:
            if company not in self.env.companies:
                raise AccessError(
                    self.env._(
                        "These messages belong to %(company)s. Switch to that company "
                        "first.",
                        company=company.name,
                    )
                )

    def _let_go(self, user):
        """Put rows back to where they would be without a cap.

        :param user: who approves
        """
        now = fields.Datetime.now()
        known = {"approver_id": user.id, "approved_at": now, "stale": True}
        later = self.filtered(
            lambda row: row.dispatch_id.not_before and row.dispatch_id.not_before > now
        )
        later.write({**known, "hold_reason": "minutes"})
        leaving = self - later
        leaving.write(
            {
                **known,
                "state": "queued",
                "hold_reason": False,
                "next_try": now,
                "waiting_since": now,
            }
        )
        # Those that were not finished, for want of an account, are made ready now.
        unfinished = leaving.filtered(lambda row: not row.ready).dispatch_id
        unfinished.filtered(lambda d: d.stage == "ready").write(
            {"stage": "new", "prepare_tries": 0}
        )
        _logger.info("mailroom.cap approved rows=%s user=%s", self.ids, user.id)
