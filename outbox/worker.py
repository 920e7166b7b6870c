"""One run of the queue: recover, make ready, hand over, tell the documents."""

import contextlib
import logging
import random
import time

from psycopg2 import Error as DatabaseError
from psycopg2 import errors

from odoo import SUPERUSER_ID, api

from ..const import WORKER_LOCK
from .batcher import Batcher
from .mail_courier import MailCourier
from .preparer import Preparer
from .sms_courier import SmsCourier
from .stopping import server_stops
from .teller import Teller

_logger = logging.getLogger(__name__)

# Messages of one account before the next account, and newly made ones, get a turn.
TURN = 50
# How long at most nobody is told what became of messages while a turn lasts.
TELL_SECONDS = 1
CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected)
# Who takes out what these carry.
COURIERS = {"ir.mail_server": MailCourier, "mailroom.gateway": SmsCourier}
CONFLICT_TRIES = 6
CONFLICT_PAUSE = 0.05
# Seconds kept back for writing a result down before the process would be killed.
RESERVE = 10


class MailroomWorker:
    """A worker owns a cursor and, on it, an advisory lock that proves it is alive.

    :param registry: of the database
    :param float deadline: ``time.monotonic()`` after which nothing new is started
    :param float hard_deadline: when the process would be killed
    """

    def __init__(self, registry, deadline, hard_deadline=float("inf")):
        self.registry = registry
        self.env = None
        self.deadline = deadline
        self.hard_deadline = hard_deadline
        self.number = random.SystemRandom().randrange(1, 2**31)
        self.couriers = {}
        self.batcher = Batcher(self)
        self.told_at = time.monotonic()
        self.cursors = contextlib.ExitStack()

    # === THE RUN === #

    def run(self):
        """Work until nothing is due or time is up.

        :return: messages made ready or handed over, and those left to be handled now
        :rtype: tuple[int, int]
        """
        with self.cursors, self._alive():
            if self.transact(self.env["mailroom.guard"]._holds_everything):
                Teller(self).run()
                return 0, 0
            done = self._work()
            return done, self.transact(self._count_due)

    def _work(self):
        self.transact(self._recover)
        self.transact(lambda: self.env["mailroom.delivery"]._give_up_old())
        self.transact(lambda: self.env["mailroom.dispatch"]._release_held())
        done, progress = 0, 1
        while progress and not self.time_is_up():
            progress = self._prepare() + self._hand_over()
            self._tell()
            done += progress
        self._tell()
        # What has just become known may have been the last of a batch.
        self.batcher.run()
        return done

    def _prepare(self):
        """Advance a batch, and make a group of messages ready."""
        return self.batcher.run() + Preparer(self).run()

    def _tell(self):
        Teller(self).run()
        self.told_at = time.monotonic()

    def tell_in_between(self):
        """Tell the documents what became known, during a turn that takes long: screens
        follow a batch while it leaves."""
        if time.monotonic() - self.told_at >= TELL_SECONDS:
            self._tell()

    def _serves(self, carrier):
        """Return whether this worker hands over a carrier's messages. TO OVERRIDE."""
        return True

    def _hand_over(self):
        ready = self.transact(self._ready_carriers)
        return sum(
            self._courier(carrier).run(TURN)
            for carriers in ready
            for carrier in carriers
        )

    def _ready_carriers(self):
        """Return recordsets of what may send now and is this worker's to serve."""
        ready = [self.env[model]._mailroom_ready_accounts() for model in COURIERS]
        return [carriers.filtered(self._serves) for carriers in ready]

    def _courier(self, carrier):
        key = carrier._name, carrier.id
        if key not in self.couriers:
            self.couriers[key] = COURIERS[carrier._name](self, carrier)
        return self.couriers[key]

    def _count_due(self):
        return self._count_unsent() + self._count_unmade()

    def _count_unsent(self):
        deliveries = self.env["mailroom.delivery"]
        domain = deliveries._due_domain(self._ready_carriers())
        return deliveries.search_count(domain)

    def _count_unmade(self):
        dispatches = self.env["mailroom.dispatch"]
        new = dispatches.search_count(dispatches._due_domain())
        return new + self.env["mailroom.batch"]._count_todo()

    # === THE CLOCK === #

    def time_is_up(self):
        """Return whether nothing new may be started."""
        return time.monotonic() >= self.deadline or server_stops()

    def session_deadline(self):
        """Return the ``time.monotonic()`` no conversation may go beyond."""
        return self.hard_deadline - RESERVE

    def seconds_left(self):
        """Return how long one step may take at most before the process is killed."""
        return max(self.hard_deadline - time.monotonic(), 0)

    # === SHORT TRANSACTIONS === #

    def transact(self, step, *arguments):
        """Run a step and commit it; another worker in the way means trying again.

        Whatever else goes wrong is raised, with nothing of the step left behind.
        """
        for attempt in range(CONFLICT_TRIES):
            try:
                result = step(*arguments)
                # The worker's own cursor: its short commits are the point.
                self.env.cr.commit()  # pylint: disable=invalid-commit
                return result
            except CONFLICTS:
                self._roll_back()
                if attempt + 1 == CONFLICT_TRIES:
                    raise
                time.sleep(random.uniform(0, CONFLICT_PAUSE * attempt))
            except BaseException:
                with contextlib.suppress(DatabaseError):
                    self._roll_back()
                raise
        return None

    def _roll_back(self):
        self.env.invalidate_all(flush=False)
        self.env.cr.rollback()

    def reconnect(self):
        """Go on with another connection when this one is lost.

        The lock went with it: another worker may have taken this one for dead.
        """
        try:
            self.env.cr.rollback()
            self.env.cr.execute("SELECT 1")
        except DatabaseError:
            with contextlib.suppress(DatabaseError):
                self._connect()

    def _connect(self):
        cr = self.registry.cursor()
        self.cursors.callback(_close, cr)
        self.env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        self._lock()

    # === ALIVE OR DEAD === #

    @contextlib.contextmanager
    def _alive(self):
        """Hold the lock; end sessions and give the lock back whatever happens."""
        self._connect()
        try:
            yield
        finally:
            try:
                self._end_sessions()
            finally:
                self._unlock()

    def _end_sessions(self):
        for courier in self.couriers.values():
            courier.close()

    def _lock(self):
        self.env.cr.execute(
            "SELECT pg_advisory_lock(%s, %s)", (WORKER_LOCK, self.number)
        )
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _unlock(self):
        self._release(WORKER_LOCK, self.number)

    def _release(self, lock, key):
        """Give an advisory lock back; a lost connection has done so by itself."""
        with contextlib.suppress(DatabaseError):
            self.env.cr.rollback()
            self.env.cr.execute("SELECT pg_advisory_unlock(%s, %s)", (lock, key))
            self.env.cr.commit()  # pylint: disable=invalid-commit

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

    def _is_dead(self, number):
        # Held to the end of the transaction, so that two workers recover in turn.
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)", (WORKER_LOCK, number)
        )
        return self.env.cr.fetchone()[0]


def _close(cr):
    # One whose connection is lost cannot be rolled back.
    with contextlib.suppress(DatabaseError):
        cr.close()
