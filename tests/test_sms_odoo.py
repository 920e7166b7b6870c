from odoo.exceptions import AccessError

from odoo.addons.iap.tools.iap_tools import InsufficientCreditError
from odoo.addons.sms.tools.sms_api import SmsApi

from ..tools.gateway_form import GatewayMessage
from .common import MailroomCommon

MESSAGE = GatewayMessage("+46705123456", "Hello", "Ahlberg", "key-1")


class TestSmsOdoo(MailroomCommon):
    """Odoo's own SMS service as a gateway: one message, one verdict."""

    def setUp(self):
        super().setUp()
        self.gateway = self.env["mailroom.gateway"].create(
            {"name": "Odoo", "company_id": self.company_b.id, "provider": "odoo"}
        )
        self.asked, self.marks = [], []
        self.patch(SmsApi, "_contact_iap", lambda api, *args: self.ask(api, *args))
        self.answer = [{"uuid": "key-1", "state": "success"}]

    def ask(self, api, path, params, timeout=15):
        self.asked.append((api, params))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def hand_over(self):
        mark = self.marks.append
        return self.gateway._mailroom_hand_over(MESSAGE, lambda: mark(1), 60)

    def test_one_message_with_our_key_for_our_company(self):
        verdict = self.hand_over()
        self.assertEqual((verdict.outcome, len(self.marks)), ("accepted", 1))
        ((api, params),) = self.asked
        numbers = [{"uuid": "key-1", "number": "+46705123456"}]
        self.assertEqual(params["messages"], [{"content": "Hello", "numbers": numbers}])
        self.assertEqual(api.env.companies, self.company_b)
        self.assertEqual(api.company, self.company_b)

    def test_what_it_says_is_what_becomes_of_it(self):
        for state, outcome, reason in (
            ("insufficient_credit", "account_fault", "gateway_credit"),
            ("unregistered", "account_fault", "gateway_login"),
            ("wrong_number_format", "failed", "number_refused"),
            ("country_not_supported", "failed", "country_refused"),
            ("duplicate_message", "accepted", ""),
            ("server_error", "uncertain", "gateway_answer"),
            ("something new", "uncertain", "gateway_answer"),
        ):
            self.answer = [{"uuid": "key-1", "state": state}]
            verdict = self.hand_over()
            self.assertEqual((verdict.outcome, verdict.reason), (outcome, reason))
            if reason:
                words = self.env["mailroom.words"]._gateway_reasons()
                self.assertIn(reason, words)

    def test_an_answer_about_something_else_is_unsure(self):
        for answer in ([], None, "OK", [{"uuid": "other", "state": "success"}], [7]):
            self.answer = answer
            self.assertEqual(self.hand_over().outcome, "uncertain", answer)

    def test_no_credit_pauses_and_no_answer_is_unsure(self):
        self.answer = InsufficientCreditError("no credit")
        verdict = self.hand_over()
        self.assertEqual(verdict.outcome, "account_fault")
        self.answer = AccessError("timed out")
        self.assertEqual(self.hand_over().outcome, "uncertain")
