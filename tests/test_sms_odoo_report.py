from odoo.tests import HttpCase, tagged

from odoo.addons.sms.tools.sms_api import SmsApi

from .sms_common import SmsCommon


@tagged("post_install", "-at_install")
class TestSmsOdooReport(HttpCase, SmsCommon):
    """What Odoo's own SMS service reports comes in at Odoo's own address."""

    registry_test_mode = True

    def setUp(self):
        super().setUp()
        self.gateway.provider = "odoo"
        self.sms.hand_over = lambda gateway, *args: gateway._hand_over_odoo(*args)
        self.asked = []
        self.patch(SmsApi, "_contact_iap", lambda api, *args: self.take(*args))
        self.row = self.send_sms(self.create_order())
        self.run_queue()

    def take(self, _path, params):
        self.asked.append(params)
        numbers = params["messages"][0]["numbers"]
        return [{"uuid": number["uuid"], "state": "success"} for number in numbers]

    def report(self, *keys, status="delivered"):
        """Post a report as the service does."""
        statuses = [{"sms_status": status, "uuids": list(keys)}]
        return self.make_jsonrpc_request("/sms/status", {"message_statuses": statuses})

    def test_it_is_told_where_to_report(self):
        self.assertEqual(self.row.state, "sent")
        (params,) = self.asked
        self.assertTrue(params["webhook_url"].endswith("/sms/status"))
        self.assertRegex(self.row.sms_key, r"^[0-9a-f]{32}$")

    def test_delivered(self):
        self.report(self.row.sms_key)
        self.assertEqual(self.row.state, "delivered")
        self.report(self.row.sms_key)
        events = self.row.attempt_ids.filtered("event")
        self.assertEqual(len(events), 1, "each event once")

    def test_not_delivered(self):
        self.report(self.row.sms_key, status="not_delivered")
        self.assertEqual(self.row.state, "bounced")

    def test_a_key_nobody_gave_out_changes_nothing(self):
        self.report("0" * 32)
        self.assertEqual(self.row.state, "sent")

    def test_a_message_of_another_gateway_is_not_settled_here(self):
        self.gateway.provider = "http"
        self.report(self.row.sms_key)
        self.assertEqual(self.row.state, "sent")
