"""The queue's work in parts, for jobs that run beside each other."""

from ..const import ERRAND_LOCKS
from .worker import MailroomWorker


class Maker(MailroomWorker):
    """Advances batches and makes messages ready; others hand them over."""

    def _hand_over(self):
        # What is ready need not wait for the rest of the batch.
        self.transact(self.env["mailroom.queue"]._delay_errands)
        return 0

    def _count_due(self):
        return self._count_unmade()


class Errand(MailroomWorker):
    """Hands over what is due of one account, unless another errand is at it: an account
    has one session at a time, as without the job engine, and a slow server holds one
    worker up, not all of them.

    :param account: the record whose messages are taken
    """

    def __init__(self, registry, deadline, hard_deadline, account):
        super().__init__(registry, deadline, hard_deadline)
        self.account = account
        self.turn = ERRAND_LOCKS[account._name], account.id
        self.has_turn = False

    def _work(self):
        self.has_turn = self.transact(self._take_turn)
        if not self.has_turn:
            return 0
        try:
            return super()._work()
        finally:
            try:
                self._end_sessions()
            finally:
                # Before what is left is counted: a message that came too late for this
                # errand, and whose own errand found it at work, is in that count.
                self._release(*self.turn)

    def _take_turn(self):
        self.env.cr.execute("SELECT pg_try_advisory_lock(%s, %s)", self.turn)
        return self.env.cr.fetchone()[0]

    def _prepare(self):
        return 0

    def _serves(self, account):
        return account == self.account

    def _count_due(self):
        return self._count_unsent() if self.has_turn else 0
