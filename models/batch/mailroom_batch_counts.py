from odoo import api, fields, models
from odoo.tools import SQL


class MailroomBatchCounts(models.Model):
    """How many lines stand where: one query for all batches on the screen."""

    _inherit = "mailroom.batch"

    line_count = fields.Integer("Documents", compute="_compute_counts")
    leave_count = fields.Integer("Leave", compute="_compute_counts")
    go_count = fields.Integer("Will Go", compute="_compute_counts")
    look_count = fields.Integer("Need a Look", compute="_compute_counts")
    amber_count = fields.Integer("Lines to Look At", compute="_compute_counts")
    stuck_count = fields.Integer("Cannot Go", compute="_compute_counts")
    out_count = fields.Integer("Left Out", compute="_compute_counts")
    unchecked_count = fields.Integer("Not Looked At", compute="_compute_counts")
    sent_count = fields.Integer("Sent", compute="_compute_counts")
    waiting_count = fields.Integer("Waiting", compute="_compute_counts")
    uncertain_count = fields.Integer("Unsure", compute="_compute_counts")
    failed_count = fields.Integer("Not Sent", compute="_compute_counts")
    skipped_count = fields.Integer("Skipped", compute="_compute_counts")
    open_count = fields.Integer("To Do", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts", aggregator=None)
    summary = fields.Char(compute="_compute_summary")
    version = fields.Char(
        compute="_compute_version", help="Changes whenever the batch or a line does."
    )

    @api.depends("line_ids.light", "line_ids.selected", "line_ids.result")
    def _compute_counts(self):
        rows = self.env["mailroom.batch.line"]._read_group(
            [("batch_id", "in", self.ids)],
            ["batch_id", "light", "selected", "result"],
            ["__count"],
        )
        by_batch = {}
        for batch, light, selected, result, count in rows:
            by_batch.setdefault(batch.id, []).append((light, selected, result, count))
        for batch in self:
            # While a line is being edited the counts are those of what is saved.
            rows = by_batch.get(batch._origin.id, [])
            for name, number in self._count(rows).items():
                batch[name] = number

    @api.depends("write_date", "line_ids.write_date")
    def _compute_version(self):
        # A sum, not the newest: what was committed last may have begun earlier.
        lines = self.env["mailroom.batch.line"]
        lines.flush_model(["batch_id", "write_date"])
        statement = SQL(
            """SELECT batch_id, SUM(EXTRACT(EPOCH FROM write_date))
                 FROM mailroom_batch_line WHERE batch_id = ANY(%s) GROUP BY batch_id""",
            self.ids,
        )
        sums = dict(self.env.execute_query(statement))
        for batch in self:
            batch.version = f"{batch.write_date} {sums.get(batch._origin.id, 0)}"

    def _count(self, rows):
        """Return ``{field: number}``.

        :param list[tuple] rows: light, selected, result, how many
        """

        def total(wanted):
            return sum(row[3] for row in rows if wanted(*row[:3]))

        lines = total(lambda *_: True)
        over = total(lambda _light, _selected, result: result not in ("todo", "queued"))
        return {
            "line_count": lines,
            "leave_count": total(lambda light, ticked, _: ticked and light != "red"),
            # These four add up to all lines that were looked at.
            "go_count": total(lambda light, ticked, _: ticked and light == "green"),
            "look_count": total(lambda light, ticked, _: ticked and light == "amber"),
            "stuck_count": total(lambda light, *_: light == "red"),
            "out_count": total(lambda light, ticked, _: not ticked and light != "red"),
            "amber_count": total(lambda light, *_: light == "amber"),
            "unchecked_count": total(lambda light, *_: not light),
            "open_count": lines - over,
            "progress": 100 * over / lines if lines else 0,
            "skipped_count": total(lambda *row: row[2] in ("skipped", "cancelled")),
            **{
                f"{result}_count": total(lambda *row, r=result: row[2] == r)
                for result in ("sent", "waiting", "uncertain", "failed")
            },
        }

    @api.depends("state", "line_ids.light", "line_ids.selected", "line_ids.result")
    def _compute_summary(self):
        for batch in self:
            before = batch.state in ("draft", "checking", "ready")
            batch.summary = batch._words_before() if before else batch._words_after()

    def _words_before(self):
        if self.unchecked_count:
            done = self.line_count - self.unchecked_count
            return self.env._(
                "%(done)s of %(all)s looked at", done=done, all=self.line_count
            )
        parts = [
            self.env._("%s will go", self.go_count),
            self.env._("%s need a look", self.look_count),
            self.env._("%s cannot", self.stuck_count),
        ]
        if self.out_count:
            parts.append(self.env._("%s left out", self.out_count))
        return ", ".join(parts)

    def _words_after(self):
        parts = [
            (self.sent_count, self.env._("%s sent", self.sent_count)),
            (self.failed_count, self.env._("%s not", self.failed_count)),
            (self.uncertain_count, self.env._("%s unsure", self.uncertain_count)),
            (self.waiting_count, self.env._("%s waiting", self.waiting_count)),
            (self.skipped_count, self.env._("%s skipped", self.skipped_count)),
            (self.open_count, self.env._("%s to do", self.open_count)),
        ]
        return ", ".join(words for number, words in parts if number)
