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
        return f"{self.env['ir.qweb.field.date'].value_to_html(local.date(), {})} {clock}"

    # === STATES === #

    def _state_held(self, delivery):
        reasons = {
            "no_account": self.env._(
                "Held: %(company)s has no sender account. It leaves as soon as there is "
                "one.",
                company=delivery.company_id.name,
            ),
            "copy": self.env._(
                "Held: this database is a copy. It leaves once a manager says that "
                "Mailroom may send from here."
            ),
            "person": self.env._("Held until somebody lets it go."),
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
        _ = self.env._
        return {
            "pdf": _("the PDF could not be made (%(why)s)", why=detail),
            "pdf_wrong": _("the PDF does not belong to this document (%(why)s)", why=detail),
            "render": _("the message could not be made (%(why)s)", why=detail),
            "unsafe": _("the message would have been unsafe (%(why)s)", why=detail),
            "gave_up": _("the mail server did not take it for three days"),
            "gone": _("the document was deleted before the message left"),
        }

    def _server_reasons(self, delivery):
        _ = self.env._
        return {
            "mailbox_unknown": _("the address does not exist"),
            "mailbox_full": _("the mailbox is full"),
            "mailbox_busy": _("the mailbox is busy"),
            "mailbox_disabled": _("the mailbox is closed"),
            "domain_unknown": _("the domain of the address does not exist"),
            "greylisted": _("the mail server asks to try again later"),
            "too_big": _("the message is too big for the mail server"),
            "policy": _("the mail server refuses it by policy (SPF, DKIM or DMARC)"),
            "spam": _("the mail server takes it for spam"),
            "password_refused": _("the user name or password was refused"),
            "auth_required": _("the mail server asks for a user name and password"),
            "sender_refused": _("the sender address was refused"),
            "certificate": _("the certificate of the mail server is not valid"),
            "certificate_host": _("the certificate is for another name"),
            "no_starttls": _("the mail server does not offer encryption"),
            "no_tls": _("a password may not cross an unencrypted line"),
            "host_not_found": _("the mail server's name was not found"),
            "refused": _("the mail server refuses the connection"),
            "timeout": _("the mail server did not answer in time"),
            "connection_lost": _("the connection broke"),
            "blocked_address": _("the mail server's address is not allowed"),
            "rate_limited": _("the mail server's limit is reached"),
            "relay_denied": _("the mail server does not forward for this sender"),
            "server_busy": _("the mail server is busy"),
        }

    # === ADDRESSES === #

    @api.model
    def _address(self, error):
        """Return what is wrong with a text that is no address, quoting it.

        :param AddressError error: from ``tools.address``
        """
        return self._address_sentence(error.code, error.text)

    def _address_sentence(self, code, text):
        _ = self.env._
        causes = {
            "empty": _("it is empty"),
            "no_at": _("the @ is missing"),
            "several": _("it holds more than one address"),
            "spaces": _("it holds a space"),
            "control": _("it holds a line break or a control character"),
            "no_local": _("nothing stands before the @"),
            "no_domain": _("nothing stands after the @"),
            "no_dot": _("the domain has no dot"),
            "non_ascii_local": _("there are foreign letters before the @"),
            "local_too_long": _("the part before the @ is too long"),
            "label_too_long": _("a part of the domain is too long"),
            "domain_too_long": _("the domain is too long"),
            "too_long": _("it is too long"),
        }
        return _(
            "“%(text)s” is not an email address: %(cause)s.",
            text=(text or "")[:100],
            cause=causes.get(code, _("it is not written like one")),
        )
