from odoo import fields, models


class MailroomFiringBatch(models.Model):
    """What a rule has put into a batch ends as the batch does: a message that never
    left keeps the rule from nothing."""

    _inherit = "mailroom.firing"

    line_id = fields.Many2one(
        "mailroom.batch.line",
        "Line of the Batch",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    def _learn_from_line(self):
        """Write down what became of the lines."""
        for firing in self:
            line = firing.line_id
            if line.dispatch_id:
                values = {"state": "sent", "dispatch_id": line.dispatch_id.id}
            elif line.result == "failed":
                values = {"state": "refused", "note": line.words}
            elif line.result in ("skipped", "cancelled"):
                values = {"state": "declined", "note": False}
            else:
                values = {"state": "batch", "note": False}
            firing.write(values)

    def _leave_batch(self):
        """Forget lines that do not leave."""
        waiting = self.filtered(lambda firing: firing.state == "batch")
        waiting.state = "declined"
        self.line_id = False

    def _withdraw_lines(self):
        """Keep from leaving what waits in a batch.

        :return: the rows whose message was taken back
        """
        waiting = self.filtered(lambda firing: firing.state == "batch")
        lines = waiting.line_id
        waiting._leave_batch()
        lines._withdraw()
        return waiting
