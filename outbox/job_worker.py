"""The queue's work in parts, for jobs that run beside each other."""

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
    """Hands over what is due of one account.

    :param account: the record whose messages are taken
    """

    def __init__(self, registry, deadline, hard_deadline, account):
        super().__init__(registry, deadline, hard_deadline)
        self.account = account

    def _prepare(self):
        return 0

    def _serves(self, account):
        return account == self.account

    def _count_due(self):
        return self._count_unsent()
