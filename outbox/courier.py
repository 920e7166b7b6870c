"""Hands the messages of one account over, through one session."""

import functools
import logging
import time

from psycopg2 import Error as DatabaseError

from ..tools.smtp_reply import classify
from .stopping import Busy

_logger = logging.getLogger(__name__)

# How long a result is kept in hand while the database does not take it.
RECORD_SECONDS = 30
ACCOUNT_TROUBLE = ("account_fault", "cool_down")


class LostClaim(Exception):
    """The row is not ours any more: it must not be sent."""


class Courier:
    """One account's session and the messages that go through it.

    :param MailroomWorker worker: whose cursor and clock are used
    :param account: ``ir.mail_server`` (sudo)
    """

    def __init__(self, worker, account):
        self.worker = worker
        self.account = account
        self.session = None
        self.phase = "connect"

    def run(self, limit):
        """Hand over up to ``limit`` messages; stop at the first account trouble.

        :return: how many were handled
        :rtype: int
        """
        for number in range(limit):
            if self.worker.time_is_up():
                return number
            with Busy():
                delivery = self.worker.transact(self._claim)
                if not delivery:
                    return number
                verdict, milliseconds = self._hand_over(delivery)
                self._record(delivery, verdict, milliseconds)
            if verdict.outcome in ACCOUNT_TROUBLE:
                self.close()
                return number + 1
        return limit

    def close(self):
        """End the session politely, if there is one."""
        if self.session:
            self.session.close()
            self.session = None

    # === CLAIM, MARK, RECORD === #

    def _claim(self):
        deliveries = self.worker.env["mailroom.delivery"]
        return deliveries._claim(self.account, self.worker.number)

    def _mark(self, delivery):
        """Commit that the body is about to go out: from here on a crash is unsure."""
        marked = self.worker.transact(lambda: delivery._mark_data(self.worker.number))
        if not marked:
            raise LostClaim(delivery.id)

    def _record(self, delivery, verdict, milliseconds):
        """Write the result down; it is known only here, so a failing database is
        asked again for a while."""
        values = (self.worker.number, verdict, milliseconds)
        until = time.monotonic() + RECORD_SECONDS
        while True:
            try:
                row = self.worker.env["mailroom.delivery"].browse(delivery.id)
                self.worker.transact(functools.partial(row._record, *values))
                return
            except DatabaseError:
                if time.monotonic() >= until or not self.worker.reconnect():
                    self._cry(delivery, verdict)
                    raise

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
        began = time.monotonic()
        verdict = self._converse(delivery)
        return verdict, int((time.monotonic() - began) * 1000)

    def _converse(self, delivery):
        from ..tools.smtp_session import SmtpFault

        fresh = self.session is None
        try:
            return self._deliver(delivery)
        except SmtpFault as fault:
            verdict = classify(fault.phase, fault.code, fault.text, fault.error)
            lost_before_body = fault.code is None and fault.phase == "mail"
            if not fresh and lost_before_body:
                # The server had closed the idle session: nothing was said yet.
                self.close()
                return self._converse(delivery)
            if fault.code is None or verdict.outcome in ACCOUNT_TROUBLE:
                self.close()
            return verdict

    def _deliver(self, delivery):
        message = delivery._frozen_message()
        if self.session is None:
            self.session = self.account._mailroom_open_session(
                self.worker.seconds_left()
            )
        reply = self.session.deliver(
            delivery._envelope_sender(),
            delivery.address,
            message,
            lambda: self._mark(delivery),
        )
        return classify("end", reply.code, reply.text)
