from odoo import fields, models
from odoo.exceptions import UserError

from ...const import BATCH_OPEN


class MailroomBatchRun(models.Model):
    """Send, pause, resume, cancel: a word to the queue, which does the work."""

    _inherit = "mailroom.batch"

    def _check_may_act(self):
        """Only whose batch it is, or a mail manager of all its companies, acts."""
        self.check_access("write")

    # === START === #

    def action_send(self):
        """Send what is ticked and can go."""
        self._check_may_act()
        for batch in self:
            batch._start()
        return True

    def _start(self):
        """Let the batch run in the queue. Red lines count as not sent, with the reason
        they are red for; lines nobody ticked are skipped.

        :raise UserError: it was started before, or nothing would leave
        """
        self.ensure_one()
        self._check_is_open()
        values = {"state": "running", "started_at": fields.Datetime.now()}
        if not self.env.su:
            self._check_is_ready()
            values |= {"acting_user_id": self.env.uid, "by_program": False}
        # Rights were checked; batches are written by the program only.
        batch = self.sudo()
        lines = batch.line_ids
        ticked = lines.filtered("selected")
        red = ticked.filtered(lambda line: line.light == "red")
        if ticked <= red:
            raise UserError(
                self.env._("Nothing would leave: no line is ticked that can go.")
            )
        (lines - ticked).result = "skipped"
        red.result = "failed"
        words = batch.summary
        batch.write(values)
        self._log(self.env._("Started: %s.", words))
        self.env["mailroom.queue"]._wake()

    def _check_is_ready(self):
        if self.state != "ready":
            raise UserError(
                self.env._(
                    "Not every line of “%s” was looked at yet. Wait until it was, or "
                    "press “Check Again”.",
                    self.name,
                )
            )

    # === STOP AND GO === #

    def action_pause(self):
        """Let nothing more leave until somebody resumes it."""
        return self._turn(("running",), "paused")

    def action_resume(self):
        """Go on where it was paused."""
        return self._turn(("paused",), "running")

    def action_cancel(self):
        """Take back everything that has not left yet."""
        # What waits for a mail server, an account or a yes outlives the end.
        ended = ("done",) if all(self.mapped("waiting_count")) else ()
        return self._turn((*BATCH_OPEN, "running", "paused", *ended), "cancelled")

    def _turn(self, states, state):
        """Change the state; the queue looks at it before every single message.

        :param tuple states: that it may come from
        """
        self._check_may_act()
        for batch in self:
            if batch.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "“%(name)s” is at “%(state)s” already.",
                        name=batch.name,
                        state=labels[batch.state],
                    )
                )
        # Rights were checked; batches are written by the program only.
        self.sudo().write({"state": state, "finished_at": False})
        self._log(
            {
                "paused": self.env._("Paused."),
                "running": self.env._("Resumed."),
                "cancelled": self.env._("Cancelled."),
            }[state]
        )
        self._announce()
        self.env["mailroom.queue"]._wake()
        return True

    def _log(self, words):
        """Write into the history of these batches who did what."""
        for batch in self.sudo():
            batch.message_post(body=words, author_id=self.env.user.partner_id.id)
