"""Makes messages ready: prints what is to be printed, then freezes the bytes."""

import logging
import time

from psycopg2 import OperationalError

from ..const import (
    PDF_GROUP,
    PDF_SECONDS,
    PDF_SECONDS_EACH,
    PREPARE_TRIES,
    READY_GROUP,
)

_logger = logging.getLogger(__name__)


class Preparer:
    """Takes new dispatches in groups, so that one start of the PDF program serves many.

    A group that fails goes back and its members are taken one at a time: the bad one
    then stands alone and nobody else waits for it.
    """

    def __init__(self, worker):
        self.worker = worker
        self.dispatches = worker.env["mailroom.dispatch"]

    def run(self):
        """Make one group ready.

        :return: how many dispatches were taken
        :rtype: int
        """
        taken = self.worker.transact(
            self.dispatches._claim_new, self._group_size(), self.worker.number
        )
        if not taken:
            return 0
        try:
            self.worker.transact(taken._make_ready)
        except Exception as error:  # noqa: BLE001 - whatever it is, it hits these only
            self._failed(taken, error)
        return len(taken)

    def _group_size(self):
        """Return how many can be made ready, at worst, before the process is killed."""
        if not self._must_print():
            return READY_GROUP
        spare = self.worker.session_deadline() - time.monotonic() - PDF_SECONDS
        return int(max(1, min(PDF_GROUP, spare / PDF_SECONDS_EACH)))

    def _must_print(self):
        try:
            return self.worker.transact(self.dispatches._next_must_print, READY_GROUP)
        except Exception as error:  # noqa: BLE001 - it fails when its turn comes
            _logger.info("mailroom.prepare not foreseen: %s", type(error).__name__)
            return True

    def _failed(self, taken, error):
        _logger.info(
            "mailroom.prepare failed rows=%s error=%s", taken.ids, type(error).__name__
        )
        once_more = isinstance(error, OperationalError)
        if len(taken) > 1 or (once_more and taken.prepare_tries < PREPARE_TRIES):
            self.worker.transact(taken._put_back)
        else:
            self.worker.transact(taken._cannot_be_made, error)
