from odoo import models
from odoo.exceptions import UserError

from ...const import LOST


class MailroomBatchRetry(models.Model):
    """Trying again what did not go, and only that."""

    _inherit = "mailroom.batch"

    def action_retry_failed(self):
        """Try every line again that was not sent."""
        self._check_may_act()
        for batch in self:
            # Rights were checked; lines are written by the program only.
            lines = batch.sudo().line_ids
            failed = lines.filtered(lambda line: line.result == "failed")
            failed._retry(self.env.user)
        return True


class MailroomBatchLineRetry(models.Model):
    _inherit = "mailroom.batch.line"

    def _retry(self, user):
        """Put lines that were not sent back into the queue.

        :param user: who wants it; from now on it is his batch
        """
        batch = self.batch_id
        if not self or not batch.finished_at:
            raise UserError(
                self.env._(
                    "There is nothing to try again: only what was not sent can be, "
                    "once the batch has finished."
                )
            )
        # What the sender saw before it failed is no promise any more.
        self.write({"result": "todo", "light": False, "selected": True})
        values = {"state": "running", "finished_at": False}
        batch.write({**values, "user_id": user.id, "by_program": False})
        batch._log(self.env._("%s tried again.", len(self)))
        batch._announce()
        self.env["mailroom.queue"]._wake()

    def _replan(self, plan):
        """Decide how a line goes once more whose message failed.

        Whoever has it keeps it in peace. An unchanged message goes as it was, with the
        same bytes; what is new goes as a new message.

        :return: whether the plan is to be dispatched; False when the old message was
            sent again
        :rtype: bool
        """
        rows = self.dispatch_id.delivery_ids.filtered(
            lambda row: not row.superseded and row.state != "cancelled"
        )
        lost = rows.filtered(lambda row: row.state in LOST)
        kept = {row.address.casefold() for row in rows - lost}
        plan.recipients = [
            recipient
            for recipient in plan.recipients
            if recipient.address.casefold() not in kept
        ]
        wanted = {recipient.address.casefold() for recipient in plan.recipients}
        if wanted and not wanted <= {row.address.casefold() for row in lost}:
            lost.write({"superseded": True, "dedup_key": False})
            return True
        if self._is_other_version(plan):
            lost.write({"superseded": True, "dedup_key": False})
            return bool(wanted)
        self._resend(lost)
        return False

    def _is_other_version(self, plan):
        sent = self.dispatch_id.content_hash
        return bool(sent) and sent != plan.document._mailroom_fingerprint(plan.purpose)

    def _resend(self, lost):
        reason = self.env._("Sent again in “%s”", self.batch_id.name)
        for row in lost:
            row._resend(reason)
        (lost | lost._carriers()).dispatch_id._refresh_documents()
        self.result = "queued"
