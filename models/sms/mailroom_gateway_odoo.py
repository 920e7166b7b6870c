import logging

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.iap.tools.iap_tools import InsufficientCreditError
from odoo.addons.sms.tools.sms_api import SmsApi

from ...tools.smtp_reply import Verdict, safe_text
from .mailroom_gateway_send import account_fault

_logger = logging.getLogger(__name__)

TAKEN = ("success", "processing", "sent", "delivered")
# What Odoo's service says (``sms_api.py`` of the addon sms), and what it means.
ANSWERS = {
    "insufficient_credit": ("account_fault", "gateway_credit"),
    "unregistered": ("account_fault", "gateway_login"),
    "registration_needed": ("account_fault", "gateway_registration"),
    "wrong_number_format": ("failed", "number_refused"),
    "country_not_supported": ("failed", "country_refused"),
    "incompatible_content": ("failed", "gateway_refused"),
    # The service took this very key before.
    "duplicate_message": ("accepted", ""),
}


class MailroomGatewayOdoo(models.Model):
    """Odoo's own SMS service, with the credits of the gateway's company."""

    _inherit = "mailroom.gateway"

    def _hand_over_odoo(self, message, on_handover, seconds_left):
        # Odoo's code takes the account of the companies that are active: only ours is.
        company = self.company_id
        env = self.with_context(allowed_company_ids=company.ids).env
        try:
            service = SmsApi(env)
            service._set_company(company)
        except (AccessError, UserError) as error:
            return account_fault("gateway_login", error)
        self._track(message)
        on_handover()
        try:
            answers = self._ask_odoo(service, message)
        except InsufficientCreditError as error:
            return self._verdict_odoo("insufficient_credit", str(error))
        except AccessError as error:
            # Odoo tells no difference between "not reached" and "no answer".
            return Verdict("uncertain", "timeout", None, "", safe_text(error), "end")
        state, text = self._read_answer(answers, message)
        return self._verdict_odoo(state, text)

    def _track(self, message):
        """Let Odoo know of the message whose fate its service will report."""
        # Trackers are the program's own; nothing but our identifier stands there.
        trackers = self.env["sms.tracker"].sudo()
        if not trackers.search_count([("sms_uuid", "=", message.id)], limit=1):
            trackers.create({"sms_uuid": message.id})

    def _ask_odoo(self, service, message):
        number = {"uuid": message.id, "number": message.to}
        return service._send_sms_batch(
            [{"content": message.text, "numbers": [number]}],
            # Odoo's own address for reports, see its controller.
            delivery_reports_url=f"{self.get_base_url()}/sms/status",
        )

    def _read_answer(self, answers, message):
        """Return ``(state, text)`` of the answer about one message, "" for none."""
        for answer in answers if isinstance(answers, list) else ():
            if isinstance(answer, dict) and answer.get("uuid") == message.id:
                reason = answer.get("failure_reason") or ""
                return str(answer.get("state") or ""), str(reason)
        return "", ""

    def _verdict_odoo(self, state, text):
        if state in TAKEN:
            return Verdict("accepted", "", None, "", "", "end")
        # "server_error" and words nobody knows leave open what was done.
        outcome, reason = ANSWERS.get(state, ("uncertain", "gateway_answer"))
        return Verdict(outcome, reason, None, "", safe_text(text or state), "end")
