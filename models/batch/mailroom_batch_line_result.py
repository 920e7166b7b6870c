from odoo import api, models

from ...const import ARRIVED


class MailroomBatchLineResult(models.Model):
    """What became of a line, from the deliveries of its message."""

    _inherit = "mailroom.batch.line"

    def _learn(self):
        """Write down what the outbox says now.

        :return: the lines that know something new
        """
        news = {}
        for line in self:
            result = line._result_now()
            if result != line.result:
                news.setdefault(result, self.browse())
                news[result] |= line
        for result, lines in news.items():
            lines.result = result
        return self.browse().union(*news.values())

    def _rows(self):
        """Return the deliveries of the line's message that count."""
        return self.dispatch_id.delivery_ids.filtered(lambda row: not row.superseded)

    def _result_now(self):
        rows = self._rows()
        active = rows.filtered(lambda row: row.state != "cancelled")
        states = set(active.mapped("state"))
        leaves_soon = any(row.hold_reason == "minutes" for row in active)
        if not states:
            return "cancelled"
        if leaves_soon or states & {"queued", "sending"}:
            return "queued"
        if "uncertain" in states:
            return "uncertain"
        if states & {"held", "deferred"}:
            return "waiting"
        return "sent" if states <= set(ARRIVED) else "failed"

    @api.depends("problems", "together", "result", "light", "selected")
    def _compute_words(self):
        # A line's reader may read its messages, whoever sent them.
        for line in self.sudo():
            line.words = "\n".join(
                line._outbox_words() if line._is_in_outbox() else line._problem_words()
            )

    def _is_in_outbox(self):
        not_there = ("todo", "cancelled", "skipped")
        return self.dispatch_id and self.result not in not_there

    def _outbox_words(self):
        rows = self._rows()
        if self.result == "failed" and self.light == "red":
            return self._problem_words()
        if len(rows) == 1:
            return [rows.words]
        return [f"{row.address}: {row.words}" for row in rows]

    def _problem_words(self):
        words = [problem["message"] for problem in self.problems or []]
        words += self._result_words()
        if self.selected and self.together > 1 and self.light != "red":
            words += self._several_words()
        return words

    def _result_words(self):
        """Return why nothing was tried."""
        if self.result == "cancelled":
            return [self.env._("Cancelled before it left.")]
        if self.result == "skipped" and not self.selected:
            return [self.env._("Left out: nobody ticked it.")]
        return []

    def _several_words(self):
        batch = self.batch_id
        if not batch.one_mail:
            words = self.env._(
                "This customer gets %s mails. “One Mail per Customer” puts them "
                "together.",
                self.together,
            )
            return [words]
        if self.own_template or not batch._puts_together():
            return [
                self.env._("Goes by itself: a chosen template is about one document.")
            ]
        return []
