from odoo import models
from odoo.exceptions import UserError


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

        :param user: who wants it; from now on it leaves with his rights
        """
        batch = self.batch_id
        if not self or not batch.finished_at:
            raise UserError(
                self.env._(
                    "There is nothing to try again: only what was not sent can be, "
                    "once the batch has finished."
                )
            )
        lines = self | self._fellows()
        # What the sender saw before it failed is no promise any more.
        lines.write({"result": "todo", "light": False, "selected": True})
        values = {"state": "running", "finished_at": False}
        batch.write({**values, "acting_user_id": user.id, "by_program": False})
        batch._log(self.env._("%s tried again.", len(lines)))
        batch._announce()
        self.env["mailroom.queue"]._wake()

    def _fellows(self):
        """Return the lines whose documents were in the same mails and go to the same
        people: a mail is sent again as a whole."""
        mails = {(line._mail(), line.recipients) for line in self if line.dispatch_id}
        return self.batch_id.line_ids.filtered(
            lambda line: (
                line.result == "failed" and (line._mail(), line.recipients) in mails
            )
        )
