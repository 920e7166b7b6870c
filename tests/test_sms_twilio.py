from unittest.mock import Mock, patch

import requests

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools.gateway_form import GatewayMessage
from .sms_common import SmsCommon

TOKEN = "t0k3n-of-the-account"
REPORTS = "https://firm.test/receipt"
MESSAGE = GatewayMessage("+46705123456", "Hello", "Ahlberg", "key-1", REPORTS)


class TwilioCommon(SmsCommon):
    """Odoo's Twilio addon as the gateway of a company, where it is installed."""

    def setUp(self):
        super().setUp()
        if "sms.twilio.number" not in self.env:
            self.skipTest("Odoo's addon sms_twilio is not installed here")
        self.company.write(
            {
                "sms_provider": "twilio",
                "sms_twilio_account_sid": "AC" + "b" * 32,
                "sms_twilio_auth_token": TOKEN,
            }
        )
        self.env["sms.twilio.number"].create(
            {
                "company_id": self.company.id,
                "number": "+46700000000",
                "country_id": self.env.ref("base.se").id,
            }
        )
        self.gateway.provider = "twilio"


@tagged("post_install", "-at_install")
class TestSmsTwilio(TwilioCommon):
    """What goes to Twilio, and what its answers mean."""

    def hand_over(self, status=201, body=b'{"sid": "SM1"}', error=None):
        """Hand one message over to a Twilio that answers so."""
        answer = requests.Response()
        answer.status_code, answer._content = status, body
        self.post = Mock(side_effect=error, return_value=answer)
        marks = []
        with patch("requests.Session.post", self.post):
            verdict = self.gateway._hand_over_twilio(
                MESSAGE, lambda: marks.append(1), 60
            )
        self.assertEqual(len(marks), self.post.call_count)
        return verdict

    def test_a_message_through_the_companys_own_account(self):
        verdict = self.hand_over()
        self.assertEqual((verdict.outcome, verdict.reference), ("accepted", "SM1"))
        (url,), options = self.post.call_args
        self.assertIn("AC" + "b" * 32, url)
        self.assertEqual(options["auth"], ("AC" + "b" * 32, TOKEN))
        self.assertEqual(options["data"]["To"], "+46705123456")
        self.assertEqual(options["data"]["From"], "+46700000000")
        self.assertEqual(options["data"]["StatusCallback"], REPORTS)

    def test_what_it_answers_is_what_becomes_of_it(self):
        for status, body, outcome in (
            (400, b'{"code": 21211, "message": "bad number"}', "failed"),
            (401, b'{"code": 20003}', "account_fault"),
            (429, b"{}", "cool_down"),
            (502, b"<html>bad gateway</html>", "uncertain"),
            (201, b"garbage", "uncertain"),
        ):
            self.assertEqual(self.hand_over(status, body).outcome, outcome, body)
        self.assertIn("bad number", self.hand_over(400, b'{"m": "bad number"}').text)
        echo = self.hand_over(400, f'{{"m": "{TOKEN}"}}'.encode())
        self.assertNotIn(TOKEN, echo.text)

    @mute_logger("odoo.addons.sms_twilio.tools.sms_api")
    def test_no_answer_is_unsure(self):
        verdict = self.hand_over(error=requests.exceptions.ReadTimeout())
        self.assertEqual(verdict.outcome, "uncertain")

    def test_not_set_up_it_is_never_called(self):
        self.company.sms_twilio_account_sid = "nonsense"
        self.assertEqual(self.hand_over().reason, "gateway_login")
        self.company.sms_provider = "iap"
        self.assertEqual(self.hand_over().reason, "gateway_twilio")
        self.assertFalse(self.post.call_count)


@tagged("post_install", "-at_install")
class TestSmsTwilioReport(HttpCase, TwilioCommon):
    """Twilio reports to the address that went with the message."""

    registry_test_mode = True

    def setUp(self):
        super().setUp()
        answer = requests.Response()
        answer.status_code, answer._content = 201, b'{"sid": "SM1"}'
        self.post = Mock(return_value=answer)
        self.patch(requests.Session, "post", self.post)
        self.sms.hand_over = lambda gateway, *args: gateway._hand_over_twilio(*args)
        self.row = self.send_sms(self.create_order())
        self.run_queue()

    def report(self, status, **values):
        """Post a report as Twilio does; return the status of the answer."""
        address = self.post.call_args.kwargs["data"]["StatusCallback"]
        path = address.removeprefix(self.gateway.get_base_url())
        body = {"MessageSid": "SM1", "MessageStatus": status, **values}
        return self.url_open(path, data=body).status_code

    def test_delivered(self):
        self.assertEqual(self.row.state, "sent")
        self.assertEqual(self.report("delivered"), 204)
        self.assertEqual(self.row.state, "delivered")

    def test_not_delivered_and_why(self):
        self.assertEqual(self.report("undelivered", ErrorCode="30005"), 204)
        self.assertEqual(self.row.state, "bounced")
        self.assertEqual(self.row.reply_text, "undelivered 30005")
