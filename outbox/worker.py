"""One run of the queue: recover, make ready, hand over, tell the documents."""

import logging
import random
import time

from psycopg2 import Error as DatabaseError
from psycopg2 import OperationalError, errors

from ..const import WORKER_LOCK
from .courier import Courier
from .preparer import Preparer
from .stopping import server_stops

_logger = logging.getLogger(__name__)

# Messages of one account before the next account, and newly made ones, get a turn.
TURN = 50
CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected)
CONFLICT_TRIES = 6


class MailroomWorker:
    """A worker owns a cursor and, on it, an advisory lock that proves it is alive.

    :param env: environment on the worker's own cursor, as superuser
    :param float deadline: ``time.monotonic()`` after which nothing new is started
    :param float|None hard_deadline: when the process would be killed
    """

    def __init__(self, env, deadline, hard_deadline=None):
        self.env = env
        self.deadline = deadline
        self.hard_deadline = hard_deadline
        self.number = random.SystemRandom().randrange(1, 2**31)
        self.couriers = {}
        self._opened = []

    # === THE RUN === #

    def run(self):
        """Work until nothing is due or time is up.

        :return: how many messages were made ready or handed over
        :rtype: int
        """
        self._lock()
        try:
            if self.env["mailroom.guard"]._holds_everything():
                self.env.cr.commit()
                return 0
            return self._work()
        finally:
            for courier in self.couriers.values():
                courier.close()
            self._unlock()
            for cr in self._opened:
                cr.close()

    def _work(self):
        self.transact(self._recover)
        self.transact(lambda: self.env["mailroom.delivery"]._give_up_old())
        self.transact(lambda: self.env["mailroom.dispatch"]._release_held())
        done, progress = 0, 1
        while progress and not self.time_is_up():
            progress = Preparer(self).run() + self._hand_over()
            self._tell_documents()
            done += progress
        self._tell_documents()
        return done

    def _hand_over(self):
        accounts = self.transact(
            lambda: self.env["ir.mail_server"]._mailroom_ready_accounts()
        )
        return sum(self._courier(account).run(TURN) for account in accounts)

    def _courier(self, account):
        if account.id not in self.couriers:
            self.couriers[account.id] = Courier(self, account)
        return self.couriers[account.id]

    def time_is_up(self):
        """Return whether nothing new may be started."""
        return time.monotonic() >= self.deadline or server_stops()

    def seconds_left(self):
        """Return how long one step may take at most before the process is killed."""
        if not self.hard_deadline:
            return float("inf")
        return max(self.hard_deadline - time.monotonic(), 0)

    def count_due(self):
        """Return how many messages could be handled right now."""
        delivery = self.env["mailroom.delivery"]
        accounts = self.env["ir.mail_server"]._mailroom_ready_accounts()
        due = delivery.search_count(delivery._due_domain(accounts))
        new = self.env["mailroom.dispatch"].search_count([("stage", "=", "new")])
        self.env.cr.commit()
        return due + new

    # === SHORT TRANSACTIONS === #

    def transact(self, step):
        """Run a step and commit it; another worker in the way means trying again."""
        for attempt in range(CONFLICT_TRIES):
            try:
                result = step()
                self.env.cr.commit()
                return result
            except CONFLICTS:
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                if attempt + 1 == CONFLICT_TRIES:
                    raise
        return None

    def _tell_documents(self):
        try:
            self.transact(lambda: self.env["mailroom.delivery"]._tell_documents())
        except OperationalError:
            # The rows stay marked: the next run tells the documents.
            _logger.info("mailroom.tell conflict worker=%s", self.number)
            self.env.cr.rollback()

    # === ALIVE OR DEAD === #

    def _lock(self):
        self.env.cr.execute(
            "SELECT pg_advisory_lock(%s, %s)", (WORKER_LOCK, self.number)
        )
        self.env.cr.commit()

    def _unlock(self):
        self.env.cr.rollback()
        self.env.cr.execute(
            "SELECT pg_advisory_unlock(%s, %s)", (WORKER_LOCK, self.number)
        )
        self.env.cr.commit()

    def _recover(self):
        """Settle what dead workers left behind: what was claimed was surely not sent,
        what was handed over is unsure."""
        self.env.cr.execute(
            """SELECT DISTINCT worker FROM mailroom_delivery WHERE state = 'sending'
                UNION SELECT worker FROM mailroom_dispatch WHERE stage = 'preparing'"""
        )
        for (number,) in self.env.cr.fetchall():
            if number != self.number and self._is_dead(number):
                self.env["mailroom.delivery"]._recover(number)
                self.env["mailroom.dispatch"]._recover(number)

    def reconnect(self):
        """Go on with a new connection after the old one was lost.

        :return: whether the database answers again
        :rtype: bool
        """
        try:
            cr = self.env.registry.cursor()
            self.env = self.env(cr=cr)
            self._lock()
        except DatabaseError:
            time.sleep(1)
            return False
        self._opened.append(cr)
        return True

    def _is_dead(self, number):
        # Held to the end of the transaction, so that two workers recover in turn.
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)", (WORKER_LOCK, number)
        )
        return self.env.cr.fetchone()[0]
