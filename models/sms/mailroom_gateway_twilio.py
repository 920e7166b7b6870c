import requests

from odoo import models
from odoo.exceptions import UserError

from ...tools.gateway_presets import AnswerRules
from ...tools.gateway_reply import judge
from ...tools.gateway_request import GatewayRequest
from ...tools.smtp_reply import Verdict
from .mailroom_gateway_send import account_fault

# Twilio names each message it took.
RULES = AnswerRules(("sid",))


class ReportingSession(requests.Session):
    """Has reports come to the address that holds our proof: Odoo's own takes reports
    about Odoo's own messages only."""

    def __init__(self, address):
        super().__init__()
        self.address = address

    def post(self, url, data=None, json=None, **options):
        # EXTENDS: the parameter that Odoo's addon fills with its own address; a test
        # message has none, and None is left out
        data = {**(data or {}), "StatusCallback": self.address or None}
        return super().post(url, data=data, json=json, **options)


class MailroomGatewayTwilio(models.Model):
    """Odoo's Twilio addon, where it is installed and set up for the company."""

    _inherit = "mailroom.gateway"

    def _hand_over_twilio(self, message, on_handover, seconds_left):
        company = self.company_id
        service = company._get_sms_api_class()(self.with_company(company).env)
        if not hasattr(service, "_sms_twilio_send_request"):
            return account_fault("gateway_twilio")
        service._set_company(company)
        try:
            company._assert_twilio_sid()
        except UserError as error:
            return account_fault("gateway_login", error)
        on_handover()
        with ReportingSession(message.callback) as session:
            answer = service._sms_twilio_send_request(
                session, message.to, message.text, message.id
            )
        if answer is None:
            # Odoo's addon waits five seconds and says no more than that.
            return Verdict("uncertain", "timeout", None, "", "", "end")
        return self._verdict_twilio(answer)

    def _verdict_twilio(self, answer):
        headers = {name.lower(): value for name, value in answer.headers.items()}
        token = self.company_id.sudo().sms_twilio_auth_token
        asked = GatewayRequest(None, "POST", (), b"", RULES, (token,) if token else ())
        return judge(asked, answer.status_code, headers, answer.content)

    def _mailroom_receipt_kind(self):
        # EXTENDS: Odoo's addon has no preset of ours
        if self.provider == "twilio":
            return "twilio"
        return super()._mailroom_receipt_kind()
