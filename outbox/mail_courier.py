"""Hands mail over to one account's server, through one session."""

from ..tools.smtp_account import SmtpFault
from ..tools.smtp_error import NotSmtp
from ..tools.smtp_reply import classify
from .courier import Courier


class MailCourier(Courier):
    """One account's session and the messages that go through it."""

    def __init__(self, worker, carrier):
        super().__init__(worker, carrier)
        self.session = None
        self.senders = {}

    def close(self):
        """End the session politely, if there is one."""
        if self.session:
            self.session.close()
            self.session = None

    def _frozen(self, delivery):
        return delivery._frozen_message()

    def _converse(self, delivery, message):
        fresh = self.session is None
        try:
            return self._deliver(delivery, message)
        except SmtpFault as fault:
            idle_line_lost = fault.phase == "mail" and isinstance(
                fault.error, (OSError, NotSmtp)
            )
            if idle_line_lost and not fresh:
                # The server had closed the idle session: nothing was said yet.
                self.close()
                return self._converse(delivery, message)
            if self.session and not self.session.alive:
                self.close()
            return classify(fault.phase, fault.code, fault.text, fault.error)

    def _deliver(self, delivery, message):
        left = self.worker.seconds_left()
        if self.session is None:
            self.session = self.carrier._mailroom_open_session(left)
        self.session.deadline = self.worker.session_deadline()
        reply = self.session.deliver(
            self._sender(delivery.company_id),
            delivery.address,
            message,
            lambda: self._mark(delivery),
        )
        return classify("end", reply.code, reply.text)

    def _sender(self, company):
        """Return the address that bounces of a company's mail go to."""
        if company.id not in self.senders:
            self.senders[company.id] = self.carrier._mailroom_sender(company)[1]
        return self.senders[company.id]
