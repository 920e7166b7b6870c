"""Tells documents, envelopes and open screens what became of their messages."""

import logging

from psycopg2 import Error as DatabaseError

_logger = logging.getLogger(__name__)


class Teller:
    """Works off the rows marked ``stale``; none of them stops a message from leaving.

    :param MailroomWorker worker: whose cursor is used
    """

    def __init__(self, worker):
        self.worker = worker

    def run(self):
        """Tell about all that is known. A row that cannot be told is logged and left
        out; the outbox itself shows its state all the same."""
        while rows := self._next():
            try:
                self.worker.transact(rows._tell_documents)
            except DatabaseError as error:
                # The rows stay marked: the next run tells the documents.
                _logger.info("mailroom.tell put off rows=%s: %s", rows.ids, error)
                return
            except Exception:  # noqa: BLE001 - logged, one row at a time
                self._tell_each(rows)

    def _next(self):
        deliveries = self.worker.env["mailroom.delivery"]
        return self.worker.transact(deliveries._to_be_told)

    def _tell_each(self, rows):
        for row in rows:
            try:
                self.worker.transact(row._tell_documents)
            except DatabaseError:
                raise
            except Exception:
                _logger.exception("mailroom.tell failed row=%s", row.id)
                self.worker.transact(row._leave_untold)
