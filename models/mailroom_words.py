from odoo import api, fields, models
from odoo.tools import format_time


class MailroomWords(models.AbstractModel):
    """What became of a message, in the words of a person, with what to do next."""

    _name = "mailroom.words"
    _description = "Plain words"

    @api.model
    def _delivery(self, delivery):
        """Return one sentence about one delivery."""
        writer = getattr(self, f"_state_{delivery.state}", None)
        sentence = writer(delivery) if writer else ""
        code = self._code(delivery)
        return f"{sentence} ({code})" if code else sentence

    def _code(self, delivery):
        """Return the server's own code for what went wrong, for the technician."""
        if delivery.state not in ("failed", "deferred", "bounced"):
            return ""
        codes = (delivery.reply_code, delivery.reply_enhanced)
        return " ".join(str(code) for code in codes if code)

    def _time(self, moment):
        local = fields.Datetime.context_timestamp(self, moment)
        today = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        clock = format_time(self.env, local.time(), time_format="short")
        if local.date() == today.date():
            return clock
        return (
            f"{self.env['ir.qweb.field.date'].value_to_html(local.date(), {})} {clock}"
        )

    # === STATES === #

    def _state_held(self, delivery):
        reasons = {
            "no_account": self.env._(
                "Held: %(company)s has no sender account. It leaves as soon as there "
                "is one.",
                company=delivery.company_id.name,
            ),
            "copy": self.env._(
                "Held: this database is a copy. It leaves once a manager says that "
                "Mailroom may send from here."
            ),
            "person": self.env._("Held until somebody lets it go."),
            "approval": self.env._(
                "Waits for a mail manager: more messages than your company sends in a "
                "while."
            ),
            "minutes": self.env._(
                "Leaves at %(time)s, unless somebody stops it.",
                time=self._time(
                    delivery.dispatch_id.not_before or fields.Datetime.now()
                ),
            ),
        }
        return reasons.get(delivery.hold_reason, self.env._("Held"))

    def _state_queued(self, delivery):
        account = delivery.account_id
        if account.mailroom_health == "paused":
            return self.env._(
                "Waiting: the sender account %(account)s is paused.",
                account=account.sudo().name,
            )
        if account.mailroom_health == "cooling" and account.mailroom_retry_at:
            return self.env._(
                "Waiting: the mail server does not answer. Next try at %(time)s.",
                time=self._time(account.mailroom_retry_at),
            )
        return self.env._("Waiting to be sent")

    def _state_sending(self, delivery):
        return self.env._("Being sent")

    def _state_deferred(self, delivery):
        return self.env._(
            "Trying again at %(time)s: %(reason)s",
            time=self._time(delivery.next_try),
            reason=self._reason(delivery),
        )

    def _state_sent(self, delivery):
        return self.env._(
            "Accepted by the mail server at %(time)s",
            time=self._time(delivery.sent_at or delivery.write_date),
        )

    def _state_delivered(self, delivery):
        return self.env._(
            "Delivered at %(time)s",
            time=self._time(delivery.sent_at or delivery.write_date),
        )

    def _state_bounced(self, delivery):
        return self.env._("Came back: the address did not take it")

    def _state_failed(self, delivery):
        return self.env._("Not sent: %(reason)s", reason=self._reason(delivery))

    def _state_uncertain(self, delivery):
        return self.env._(
            "Unsure: the connection broke after the message was handed over"
        )

    def _state_cancelled(self, delivery):
        return self.env._("Cancelled")

    # === REASONS === #

    def _reason(self, delivery):
        """Return why, for a reason code of the queue or of the mail server."""
        reasons = self._reasons(delivery)
        code = delivery.reason or ""
        if code.startswith("address_"):
            return self._address_sentence(code[8:], delivery.reason_detail)
        return reasons.get(code) or self.env._("the mail server refused it")

    def _reasons(self, delivery):
        return {**self._server_reasons(delivery), **self._own_reasons(delivery)}

    def _own_reasons(self, delivery):
        detail = delivery.reason_detail or ""
        return {
            "pdf": self.env._("the PDF could not be made (%(why)s)", why=detail),
            "pdf_wrong": self.env._(
                "the PDF does not belong to this document (%(why)s)", why=detail
            ),
            "render": self.env._("the message could not be made (%(why)s)", why=detail),
            "unsafe": self.env._(
                "the message would have been unsafe (%(why)s)", why=detail
            ),
            "gave_up": self.env._("the mail server did not take it for three days"),
            "gone": self.env._("the document was deleted before the message left"),
            "frozen_lost": self.env._("the finished message is missing or was altered"),
            "crash": self.env._("the program stopped while sending it"),
        }

    # === ADDRESSES === #

    @api.model
    def _address(self, error):
        """Return what is wrong with a text that is no address, quoting it.

        :param AddressError error: from ``tools.address``
        """
        return self._address_sentence(error.code, error.text)

    def _address_sentence(self, code, text):
        causes = {
            "empty": self.env._("it is empty"),
            "no_at": self.env._("the @ is missing"),
            "several": self.env._("it holds more than one address"),
            "spaces": self.env._("it holds a space"),
            "control": self.env._("it holds a line break or a control character"),
            "no_local": self.env._("nothing stands before the @"),
            "no_domain": self.env._("nothing stands after the @"),
            "no_dot": self.env._("the domain has no dot"),
            "bad_local": self.env._("a sign before the @ is not allowed there"),
            "bad_domain": self.env._("the domain is not written like one"),
            "literal": self.env._("it names a computer instead of a domain"),
            "non_ascii_local": self.env._("there are foreign letters before the @"),
            "local_too_long": self.env._("the part before the @ is too long"),
            "label_too_long": self.env._("a part of the domain is too long"),
            "domain_too_long": self.env._("the domain is too long"),
            "too_long": self.env._("it is too long"),
        }
        return self.env._(
            "“%(text)s” is not an email address: %(cause)s.",
            text=(text or "").strip()[:100],
            cause=causes.get(code, self.env._("it is not written like one")),
        )
