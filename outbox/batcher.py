"""Advances batches: looks at their lines, puts them into the outbox, ends them."""

import logging

from psycopg2 import InterfaceError, OperationalError

_logger = logging.getLogger(__name__)


class Batcher:
    """One short transaction per turn, so that the first messages of a batch leave while
    its last lines are still being planned.

    :param MailroomWorker worker: whose cursor is used
    """

    def __init__(self, worker):
        self.worker = worker
        self.last = 0

    def run(self):
        """Do one piece of work of some batch.

        :return: how many lines were handled
        :rtype: int
        """
        batches = self.worker.env["mailroom.batch"]
        try:
            handled, self.last = self.worker.transact(batches._advance, self.last)
            # Thousands of documents may follow: none of them is needed again.
            self.worker.env.invalidate_all()
            return handled
        except (OperationalError, InterfaceError) as error:
            _logger.info("mailroom.batch put off: %s", error)
            return 0
        except Exception:
            # Whatever is wrong with the batches stops no message.
            _logger.exception("mailroom.batch failed")
            return 0
