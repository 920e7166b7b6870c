from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .sms_common import SmsCommon


@tagged("post_install", "-at_install")
class TestGatewayTour(HttpCase, SmsCommon):
    """From nothing to a text message that arrived, in a real browser."""

    registry_test_mode = True

    # What is refused in words is a warning in the log.
    @mute_logger("odoo.http")
    def test_a_gateway_from_nothing(self):
        self.gateway.unlink()
        self.start_tour(
            "/odoo/action-mailroom.mailroom_manager_settings_action",
            "mailroom_gateway_from_nothing",
            login=self.manager.login,
        )
        [text] = self.texts
        self.assertEqual(text.to, "+46705123456")
        gateway = self.env["mailroom.gateway"]._mailroom_gateway(self.company)
        self.assertEqual(text.gateway, gateway)
        self.assertEqual((gateway.preset, gateway.auth_user), ("46elks", "u1234"))
        secret = gateway._mailroom_open("gateway_secret")
        self.assertEqual(secret, "Korrekt-hast-42%/+")
        self.assertTrue(gateway.mailroom_last_success)
