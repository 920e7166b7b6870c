from odoo import api, fields, models

# States move to the right only; the further one wins, in whatever order reports come.
# What the gateway reports it has taken, whatever it answered: it must not go twice.
RANK = ("failed", "queued", "deferred", "sending", "uncertain")
RANK += ("sent", "bounced", "delivered")
STATE_OF_REPORT = {"accepted": "sent", "failed": "bounced", "delivered": "delivered"}


class MailroomDeliveryReceipt(models.Model):
    """What a gateway reports after it took a message."""

    _inherit = "mailroom.delivery"

    delivered_at = fields.Datetime("Delivered On", readonly=True, copy=False)

    @api.model
    def _sms_find(self, gateway, key="", reference=""):
        """Return the text message that a report is about, empty when there is none.

        :param gateway: ``mailroom.gateway`` whose report it is; no other's messages
        :param str key: our reference
        :param str reference: the gateway's
        """
        rows = self.browse()
        for name, value in (("sms_key", key), ("sms_reference", reference)):
            if value and not rows:
                rows = self.search(
                    [(name, "=", value), ("gateway_id", "=", gateway.id)],
                    order="id desc",
                    limit=1,
                )
        return rows

    def _sms_report(self, state, event="", moment=None, text=""):
        """Take note of a delivery report.

        :param str state: accepted, failed or delivered; anything else is only noted
        :param str event: what tells this event from others; one is noted once only
        :param datetime moment: when it happened (UTC, without a zone)
        :param str text: the gateway's own words
        :return: False when the event was known
        :rtype: bool
        """
        self.ensure_one()
        # Two workers of the web server may have the same report at once: the unique
        # index makes one of them wait and try again, and then it is known.
        if event and event in self.attempt_ids.mapped("event"):
            return False
        self._log_report(state, event, moment, text)
        new = STATE_OF_REPORT.get(state)
        if new and self.state in RANK and RANK.index(new) > RANK.index(self.state):
            self._apply_report(new, moment, text)
        return True

    def _log_report(self, state, event, moment, text):
        self.env["mailroom.attempt"].create(
            {
                "delivery_id": self.id,
                "gateway_id": self.gateway_id.id,
                "number": self.attempts,
                "started_at": moment or fields.Datetime.now(),
                "phase": "report",
                "outcome": state or "report",
                "reply_text": text,
                "event": event or False,
            }
        )

    def _apply_report(self, state, moment, text):
        now = fields.Datetime.now()
        values = {"state": state, "reply_text": text, "stale": True, "reason": False}
        if state == "bounced":
            values["reason"] = "not_delivered"
        if state == "delivered":
            values["delivered_at"] = min(moment or now, now)
        if not self.sent_at:
            values["sent_at"] = now
        self.write(values)
        self.env["mailroom.queue"]._wake()


class MailroomAttempt(models.Model):
    _inherit = "mailroom.attempt"

    event = fields.Char(
        help="What tells an event that the gateway reports from others."
    )

    _event_uniq = models.UniqueIndex("(delivery_id, event) WHERE event IS NOT NULL")
