from unittest.mock import patch

from ..tools.gateway_form import GatewayMessage
from ..tools.smtp_reply import Verdict
from .sms_common import SmsCommon

SEND = "odoo.addons.mailroom.models.sms.mailroom_gateway_send.send"


class TestSmsSenderName(SmsCommon):
    """Gateways get sender names as they take them (B3)."""

    def hand_over(self, sender, preset="46elks"):
        self.gateway.write(
            {"preset": preset, "parameters": "f = {from}\nt = {text}{to}"}
        )
        message = GatewayMessage("+46705123456", "Hello", sender)
        taken = Verdict("accepted", "", 200, "", "", "end")
        with patch(SEND, return_value=taken) as send:
            verdict = self.gateway._hand_over_http(message, lambda: None, 60)
        request = send.call_args and send.call_args.args[0]
        return verdict, request and request.body.decode()

    def test_letters_and_digits_where_nothing_else_is_taken(self):
        _verdict, body = self.hand_over("Åby Rör AB")
        self.assertIn("f=AbyRorAB&", body)
        _verdict, body = self.hand_over("Åby Rör AB", preset=False)
        self.assertIn("f=%C3%85by%20R%C3%B6r%20AB&", body)

    def test_a_name_that_leaves_too_little_is_said_and_nothing_goes(self):
        verdict, body = self.hand_over("3M")
        self.assertEqual(
            (verdict.outcome, verdict.reason, body),
            ("account_fault", "gateway_sender", None),
        )
        words = self.env["mailroom.words"]._gateway_trouble(
            verdict.reason, verdict.text
        )
        self.assertIn("sender names of 3 to 11 letters and digits", words)
        self.assertIn("(3M)", words)
