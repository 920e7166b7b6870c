from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...const import BATCH_AT_ONCE, BATCH_CHECK, BATCH_OPEN


class MailroomBatchCheck(models.Model):
    """Looking at every line before anything leaves: each message is really rendered."""

    _inherit = "mailroom.batch"

    def action_check(self):
        """Look at all lines again."""
        self._check_may_act()
        self._check_is_open()
        self._check()
        return True

    def _check_is_open(self):
        for batch in self:
            if batch.state not in BATCH_OPEN:
                raise UserError(
                    self.env._("“%s” was started and cannot be changed.", batch.name)
                )

    def _check(self):
        """Look at every line: at once, or in the queue where there are many."""
        for batch in self.sudo():
            lines = batch.line_ids
            lines.write({"light": False})
            batch.state = "checking"
            if len(lines) <= BATCH_AT_ONCE:
                lines._check()
                batch._all_checked()
            else:
                self.env["mailroom.queue"]._wake()

    def _check_some(self):
        """Look at the next lines; the queue calls it again until all are done.

        :return: how many were looked at
        :rtype: int
        """
        self.ensure_one()
        lines = self.env["mailroom.batch.line"]
        waiting = lines.search(
            [("batch_id", "=", self.id), ("light", "=", False)],
            limit=BATCH_CHECK,
            order="id",
        )
        waiting._check()
        if not waiting:
            self._all_checked()
        self._announce()
        return len(waiting)

    def _all_checked(self):
        self._note_repeats()
        self.state = "ready"

    def _note_repeats(self):
        """Mark whose customer would get several mails, and say so in the light."""
        self.ensure_one()
        lines = self.env["mailroom.batch.line"]
        lines.flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE mailroom_batch_line line
                      SET together = alike.number,
                          light = CASE WHEN line.own_light = 'green'
                                        AND line.selected
                                        AND alike.number > 1 AND NOT %(one_mail)s
                                       THEN 'amber' ELSE line.own_light END
                     FROM (SELECT id, count(*) FILTER (
                                      WHERE selected AND own_light <> 'red') OVER (
                                  PARTITION BY company_id, recipients) AS number
                             FROM mailroom_batch_line
                            WHERE batch_id = %(batch)s) alike
                    WHERE line.id = alike.id""",
                batch=self.id,
                one_mail=self._puts_together(),
            )
        )
        lines.invalidate_model(["together", "light", "words"])

    # === PLANS === #

    def _plan_lines(self, lines):
        """Return what would leave for each line, as its sender sees it.

        :return: ``{line: Plan}``; a line whose document is gone has none
        :rtype: dict
        """
        self.ensure_one()
        planner = self._as_sender(self.env["mailroom.planner"])
        plans = {}
        for alike in lines.grouped(lambda line: line._wish_key()).values():
            documents = alike._documents()
            wishes, problems = alike[0]._wishes()
            made = planner._plan(documents, wishes) if documents else []
            by_id = {plan.document.id: plan for plan in made}
            for line in alike.filtered(lambda line, known=by_id: line.res_id in known):
                plan = plans[line] = by_id[line.res_id]
                plan.problems += problems
                line._name_recipients(plan)
        return plans
