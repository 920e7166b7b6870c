import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

from ...const import BATCH_LOCK, CANCELLABLE

_logger = logging.getLogger(__name__)


class MailroomBatchQueue(models.Model):
    """What the queue does with batches: one short transaction after the other, each of
    which leaves the batch where the next can go on."""

    _inherit = "mailroom.batch"

    @api.model
    def _advance(self, last=0):
        """Do the next piece of work of some batch.

        :param int last: id of the batch that had the turn before
        :return: how many lines were handled, 0 when there is nothing to do now, and the
            id of the batch
        :rtype: tuple[int, int]
        """
        for batch in self._open_batches().sorted(lambda batch: batch._turn_key(last)):
            if batch._lock():
                handled = batch._advance_safely()
                if handled:
                    return handled, batch.id
        return 0, last

    def _turn_key(self, last):
        """Return what the turns go by: where a person waits to see his lines comes
        first, then all batches one after the other."""
        return self.state != "checking", self.id <= last, self.id

    @api.model
    def _open_batches(self):
        return self.search(
            [
                ("finished_at", "=", False),
                ("state", "in", ("checking", "running", "cancelled")),
            ],
            order="id",
        )

    def _lock(self):
        """Return whether no other worker is at this batch; held to the end of the
        transaction. People press Pause meanwhile: the row itself is not locked."""
        rows = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", BATCH_LOCK, self.id)
        )
        return rows[0][0]

    def _advance_safely(self):
        """Do the next piece of work; a batch that fails as a whole stops no other."""
        try:
            with self.env.cr.savepoint():
                return self._advance_one()
        except OperationalError:
            raise
        except Exception:
            _logger.exception("mailroom.batch failed batch=%s", self.id)
            return 0

    def _advance_one(self):
        steps = {
            "checking": self._check_some,
            "running": self._step,
            "cancelled": self._take_back,
        }
        return steps[self.state]()

    @api.model
    def _count_todo(self):
        """Return how many lines wait for the queue now."""
        return self.env["mailroom.batch.line"].search_count(
            [
                ("batch_id", "in", self._open_batches().ids),
                "|",
                "&",
                ("result", "=", "todo"),
                ("batch_id.state", "!=", "checking"),
                "&",
                ("light", "=", False),
                ("batch_id.state", "=", "checking"),
            ]
        )

    # === TAKE BACK === #

    def _take_back(self):
        """Cancel what has not left of a cancelled batch."""
        lines = self.env["mailroom.batch.line"]
        lines.search([("batch_id", "=", self.id), ("result", "=", "todo")]).write(
            {"result": "cancelled"}
        )
        waiting = self.env["mailroom.delivery"].search(
            [("batch_id", "=", self.id), ("state", "in", CANCELLABLE)],
            limit=200,
        )
        waiting._cancel()
        if not waiting and not self._has_in_hand():
            self._end_taking_back()
        self._announce()
        return len(waiting)

    def _end_taking_back(self):
        if self.started_at:
            self._finish()
        else:
            # Nobody waits to hear of what was never sent.
            self.finished_at = fields.Datetime.now()

    def _has_in_hand(self):
        """Return whether a worker is at a message that may still come back to wait."""
        return bool(
            self.env["mailroom.delivery"].search_count(
                [("batch_id", "=", self.id), ("state", "=", "sending")], limit=1
            )
        )
