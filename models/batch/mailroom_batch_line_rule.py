from odoo import fields, models

from ...tools.plan import Problem


class MailroomBatchLineRule(models.Model):
    """Lines that a rule has put here: the rule learns what became of them, and takes
    them back when they are not true any more."""

    _inherit = "mailroom.batch.line"

    withdrawn = fields.Char(
        readonly=True, help="Why the rule does not want it to leave any more."
    )

    def write(self, vals):
        # EXTENDS
        result = super().write(vals)
        if {"result", "dispatch_id"} & set(vals):
            self._firings()._learn_from_line()
        return result

    def unlink(self):
        """Let the rules try again whose lines are gone."""
        self._firings()._leave_batch()
        return super().unlink()

    def _firings(self):
        if not any(self.batch_id.mapped("rule")):
            return self.env["mailroom.firing"]
        # What a rule did is written by the program only.
        firings = self.env["mailroom.firing"].sudo()
        return firings.search([("line_id", "in", self.ids)])

    # === TAKEN BACK === #

    def _withdraw(self):
        """Keep lines from leaving: their documents have moved on."""
        for line in self:
            line.withdrawn = line.env._("%s has moved on.", line.document_name)
            line.selected = False
            line._write_problems(line._withdrawn_problems())
        self.filtered("is_started").result = "skipped"
        for batch in self.batch_id:
            batch._note_repeats()
            batch._announce()

    def _withdrawn_problems(self):
        return [Problem("withdrawn", "block", self.withdrawn)] if self.withdrawn else []

    def _judge(self, plan, facts):
        # EXTENDS
        return [*super()._judge(plan, facts), *self._withdrawn_problems()]

    def _obstacles(self, plan):
        # EXTENDS
        return [*super()._obstacles(plan), *self._withdrawn_problems()]


class MailroomBatchRule(models.Model):
    _inherit = "mailroom.batch"

    def unlink(self):
        """Let the rules try again whose batch is gone."""
        self.line_ids._firings()._leave_batch()
        return super().unlink()
