"""Hands the messages of one carrier over: claim, mark, hand over, record."""

import logging
import time

from psycopg2 import Error as DatabaseError

from ..tools.smtp_reply import Verdict, safe_text
from .stopping import Busy

_logger = logging.getLogger(__name__)

# How long a result is kept in hand while the database does not take it.
RECORD_SECONDS = 30
RECORD_PAUSE = 0.5
# How old may be what is known of a carrier.
LOOK_SECONDS = 1
# What a server does that makes the next message fare no better.
ACCOUNT_TROUBLE = ("account_fault", "cool_down", "uncertain")


class LostClaim(Exception):
    """The row is not ours any more: it must not be sent."""


class Courier:
    """Takes the messages of one carrier out. How it talks is said by its children.

    :param MailroomWorker worker: whose cursor and clock are used
    :param carrier: one record of a model that inherits ``mailroom.carrier``
    """

    def __init__(self, worker, carrier):
        self.worker = worker
        self.model = carrier._name
        self.carrier_id = carrier.id
        self.marked = False
        self.looked_at = float("-inf")
        self.known_up = self.unlimited = False

    @property
    def carrier(self):
        """The carrier, on the connection that the worker has now."""
        return self.worker.env[self.model].browse(self.carrier_id)

    def run(self, limit):
        """Hand over up to ``limit`` messages; stop at the first account trouble.

        :return: how many were handled
        :rtype: int
        """
        for number in range(limit):
            with Busy():
                # Asked in here: a server that stops waits for us from now on.
                if self.worker.time_is_up():
                    return number
                delivery = self.worker.transact(self._claim)
                if not delivery:
                    return number
                verdict = self._deal_with(delivery)
            self.worker.tell_in_between()
            if verdict and verdict.outcome in ACCOUNT_TROUBLE:
                self.close()
                return number + 1
        return limit

    def close(self):
        """End the conversation politely, if there is one. TO OVERRIDE."""

    def _deal_with(self, delivery):
        """Hand one message over and record what came of it.

        :return: the verdict, None when the row was not ours any more
        """
        began = time.monotonic()
        try:
            verdict = self._hand_over(delivery)
        except LostClaim:
            self.close()
            _logger.info("mailroom.claim lost row=%s", delivery.id)
            return None
        self._record(delivery, verdict, int((time.monotonic() - began) * 1000))
        return verdict

    # === CLAIM, MARK, RECORD === #

    def _claim(self):
        self._look_at_carrier()
        deliveries = self.worker.env["mailroom.delivery"]
        return deliveries._claim(self.carrier, self.worker.number, self.unlimited)

    def _look_at_carrier(self):
        """Learn what need not be asked anew for every message."""
        if time.monotonic() - self.looked_at >= LOOK_SECONDS:
            self.looked_at = time.monotonic()
            self.known_up = self.carrier._mailroom_known_up()
            self.unlimited = not self.carrier._mailroom_limits()

    def _mark(self, delivery):
        """Commit that the body is about to go out: from here on a crash is unsure."""
        if not self.worker.transact(lambda: delivery._mark_data(self.worker.number)):
            raise LostClaim(delivery.id)
        self.marked = True

    def _record(self, delivery, verdict, milliseconds):
        """Write the result down; it is known only here, so a failing database is
        asked again for a while."""
        until = time.monotonic() + RECORD_SECONDS
        while True:
            try:
                self.worker.transact(self._write_down, delivery, verdict, milliseconds)
                return
            except DatabaseError:
                if time.monotonic() >= until:
                    self._cry(delivery, verdict)
                    raise
                time.sleep(RECORD_PAUSE)
                self.worker.reconnect()

    def _write_down(self, delivery, verdict, milliseconds):
        # The connection may be another one than at the time of the claim.
        row = self.worker.env["mailroom.delivery"].browse(delivery.id)
        row._record(self.worker.number, verdict, milliseconds, self.known_up)

    def _cry(self, delivery, verdict):
        _logger.critical(
            "mailroom.result not recorded row=%s outcome=%s code=%s reply=%s",
            delivery.id,
            verdict.outcome,
            verdict.code,
            verdict.text,
        )

    # === THE CONVERSATION === #

    def _hand_over(self, delivery):
        """Hand one message over.

        :rtype: Verdict
        """
        self.marked = False
        try:
            message = self._frozen(delivery)
        except ValueError as error:
            text = safe_text(error)
            return Verdict("failed", "frozen_lost", None, "", text, "connect")
        try:
            return self._converse(delivery, message)
        except (LostClaim, DatabaseError):
            raise
        except Exception as error:
            # A fault of ours hits this message only; the others must not wait for it.
            self.close()
            _logger.exception("mailroom.deliver failed row=%s", delivery.id)
            outcome = "uncertain" if self.marked else "deferred"
            return Verdict(outcome, "unknown", None, "", safe_text(error), "mail")

    def _frozen(self, delivery):
        """Return what leaves, as it was frozen. TO OVERRIDE.

        :raise ValueError: when it is not what was frozen
        """
        raise NotImplementedError

    def _converse(self, delivery, message):
        """Hand over, calling ``_mark`` just before the message goes out. TO OVERRIDE.

        :rtype: Verdict
        """
        raise NotImplementedError
