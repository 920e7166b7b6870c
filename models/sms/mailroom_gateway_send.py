from dataclasses import replace

from odoo import models

from ...tools.gateway_form import GatewayForm, GatewayFormError
from ...tools.gateway_http import Limits, send
from ...tools.gateway_presets import PRESETS
from ...tools.gateway_receipt import sign_callback
from ...tools.gateway_request import build
from ...tools.gateway_url import GatewayUrlError, Guard
from ...tools.secret_box import Unreadable
from ...tools.sms_text import plain_sender
from ...tools.smtp_reply import Verdict, safe_text

# Seconds a step takes at least, however little time is left.
SHORTEST = 5


def account_fault(reason, text=""):
    """Return the verdict that the settings of a gateway, not a message, are at fault,
    found before anything was sent."""
    return Verdict("account_fault", reason, None, "", safe_text(text), "connect")


class MailroomGatewaySend(models.Model):
    """One message to one gateway: the only place that talks to it."""

    _inherit = "mailroom.gateway"

    def _mailroom_hand_over(self, message, on_handover, seconds_left):
        """Hand one text message over.

        :param GatewayMessage message: from ``_prepare_message``
        :param on_handover: called without arguments just before anything goes out
        :param float seconds_left: how long the process may live on
        :rtype: Verdict
        """
        self.ensure_one()
        way = getattr(self, f"_hand_over_{self.provider}")
        return way(message, on_handover, seconds_left)

    def _hand_over_http(self, message, on_handover, seconds_left):
        if self._wants_plain_sender():
            sender = plain_sender(message.sender)
            if message.sender and not sender:
                return account_fault("gateway_sender", message.sender)
            message = replace(message, sender=sender)
        try:
            request = build(self._prepare_form(), message)
        except GatewayUrlError as error:
            return account_fault("gateway_url", error.text)
        except GatewayFormError as error:
            return account_fault("gateway_form", error.text)
        except Unreadable:
            return account_fault("password_unreadable")
        guard = Guard(self.env["ir.mail_server"]._mailroom_networks())
        return send(request, guard, on_handover, self._limits(seconds_left))

    def _wants_plain_sender(self):
        preset = PRESETS.get(self.preset)
        return bool(preset and preset.plain_sender)

    def _limits(self, seconds_left):
        """Return how long each step may take, within what the process has left."""
        left, known = max(seconds_left / 2, SHORTEST), Limits()
        return Limits(min(known.connect, left), min(known.answer, left))

    def _prepare_form(self):
        """Return the settings as the HTTP client wants them.

        :raise Unreadable: when the secret was sealed on another machine
        """
        # The secret is opened here, for the request alone, and goes nowhere else.
        gateway = self.sudo()
        return GatewayForm(
            url=gateway.url or "",
            method=gateway.method or "POST",
            auth=gateway.auth or "none",
            user=gateway.auth_user or "",
            secret=gateway._mailroom_open("gateway_secret"),
            header=gateway.auth_header or "",
            body=gateway.body_kind or "form",
            parameters=gateway.parameters or "",
            preset=gateway.preset or "",
            answer_id=gateway.answer_id or "",
            any_success=gateway.any_success,
        )

    def _mailroom_callback(self, key):
        """Return the address for reports about one message; it holds its own proof."""
        self.ensure_one()
        proof = sign_callback(self._mailroom_receipt_secret(), key)
        path = f"/mailroom/sms/{self.receipt_token}/receipt"
        return f"{self.get_base_url()}{path}?m={key}&p={proof}"
