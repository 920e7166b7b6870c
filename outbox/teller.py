"""Tells documents, envelopes and open screens what became of their messages."""

import logging

from psycopg2 import InterfaceError, OperationalError

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
            if not self._tell(rows):
                return

    def _next(self):
        deliveries = self.worker.env["mailroom.delivery"]
        return self.worker.transact(deliveries._to_be_told)

    def _tell(self, rows):
        """Tell about rows, one by one if they cannot be told together.

        :return: False when the database is busy or away: the rows stay marked, and the
            next run tells the documents
        :rtype: bool
        """
        try:
            self.worker.transact(rows._tell_documents)
        except (OperationalError, InterfaceError) as error:
            _logger.info("mailroom.tell put off rows=%s: %s", rows.ids, error)
            return False
        except Exception:
            if len(rows) > 1:
                return all(self._tell(row) for row in rows)
            _logger.exception("mailroom.tell failed row=%s", rows.id)
            self.worker.transact(rows._leave_untold)
        return True
