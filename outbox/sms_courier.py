"""Hands text messages over to one gateway, one request for each."""

import time

from ..tools.gateway_form import GatewayMessage
from .courier import Courier


class SmsCourier(Courier):
    """The text messages that go through one gateway."""

    def _frozen(self, delivery):
        return GatewayMessage(
            to=delivery.address,
            text=delivery._frozen_text(),
            sender=delivery.company_id._mailroom_sms_sender_name(),
            id=delivery.sms_key,
            callback=self.carrier._mailroom_callback(delivery.sms_key),
            repeated=delivery.resend_of_id.sms_key == delivery.sms_key,
        )

    def _converse(self, delivery, message):
        return self.carrier._mailroom_hand_over(
            message,
            lambda: self._mark(delivery),
            self.worker.session_deadline() - time.monotonic(),
        )
