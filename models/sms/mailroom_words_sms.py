from odoo import models


class MailroomWordsSms(models.AbstractModel):
    """What became of a text message."""

    _inherit = "mailroom.words"

    def _state_held(self, delivery):
        # EXTENDS
        if delivery.hold_reason == "cap":
            return self.env._(
                "Held: the daily SMS limit of %(company)s is used up. It leaves "
                "tomorrow, or when a mail manager lets it go.",
                company=delivery.company_id.name,
            )
        if delivery.channel == "sms" and delivery.hold_reason == "no_account":
            return self.env._(
                "Held: %(company)s has no SMS gateway. It leaves as soon as there is "
                "one.",
                company=delivery.company_id.name,
            )
        return super()._state_held(delivery)

    def _state_queued(self, delivery):
        # EXTENDS
        if delivery.channel != "sms":
            return super()._state_queued(delivery)
        # Everybody who may see the message may know why it waits.
        gateway = delivery.gateway_id.sudo()
        if gateway.mailroom_health == "paused":
            return self.env._(
                "Waiting: the SMS gateway %(gateway)s is paused.", gateway=gateway.name
            )
        if gateway.mailroom_health == "cooling" and gateway.mailroom_retry_at:
            return self.env._(
                "Waiting: the SMS gateway does not answer. Next try at %(time)s.",
                time=self._time(gateway.mailroom_retry_at),
            )
        return super()._state_queued(delivery)

    def _state_deferred(self, delivery):
        # EXTENDS
        if delivery.reason == "quiet":
            return self.env._(
                "Quiet hours: leaves at %(time)s.", time=self._time(delivery.next_try)
            )
        return super()._state_deferred(delivery)

    def _state_sent(self, delivery):
        # EXTENDS
        if delivery.channel != "sms":
            return super()._state_sent(delivery)
        return self.env._(
            "Accepted by the SMS gateway at %(time)s",
            time=self._time(delivery.sent_at or delivery.write_date),
        )

    def _state_delivered(self, delivery):
        # EXTENDS
        if not delivery.delivered_at:
            return super()._state_delivered(delivery)
        time = self._time(delivery.delivered_at)
        return self.env._("Delivered at %(time)s", time=time)

    def _state_bounced(self, delivery):
        # EXTENDS
        if delivery.channel != "sms":
            return super()._state_bounced(delivery)
        return self.env._("Not delivered: the phone could not be reached")

    def _state_uncertain(self, delivery):
        # EXTENDS
        if delivery.channel != "sms":
            return super()._state_uncertain(delivery)
        return self.env._(
            "Unsure: the SMS gateway did not say whether it took the message"
        )

    # === REASONS === #

    def _server_reasons(self, delivery):
        # EXTENDS
        if not delivery or delivery.channel != "sms":
            return super()._server_reasons(delivery)
        return self._gateway_reasons()

    def _own_reasons(self, delivery):
        # EXTENDS
        reasons = super()._own_reasons(delivery)
        if delivery.channel == "sms":
            reasons["gave_up"] = self.env._("the SMS gateway did not take it in time")
            reasons["sms_empty"] = self.env._("its text is empty")
            reasons["sms_too_long"] = self.env._("its text is too long")
            reasons["opted_out"] = self.env._("the recipient wants no text messages")
            reasons["frozen_lost"] = self.env._("the finished text was altered")
        return reasons
