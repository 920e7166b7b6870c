"""Makes messages ready: prints what is to be printed, then freezes the bytes."""

import logging

from psycopg2 import OperationalError

from ..const import PDF_GROUP

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
            lambda: self.dispatches._claim_new(PDF_GROUP, self.worker.number)
        )
        if not taken:
            return 0
        try:
            self.worker.transact(taken._make_ready)
        except Exception as error:  # noqa: BLE001 - whatever it is, it hits these only
            self._failed(taken, error)
        return len(taken)

    def _failed(self, taken, error):
        cr = self.worker.env.cr
        cr.rollback()
        self.worker.env.invalidate_all(flush=False)
        _logger.info(
            "mailroom.prepare failed rows=%s error=%s", taken.ids, type(error).__name__
        )
        if len(taken) > 1 or isinstance(error, OperationalError):
            self.worker.transact(taken._put_back)
        else:
            self.worker.transact(lambda: taken._cannot_be_made(error))
