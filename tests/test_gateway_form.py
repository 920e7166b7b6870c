from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..tools.gateway_presets import PRESETS
from .sms_common import SmsCommon


@tagged("post_install", "-at_install")
class TestGatewayForm(SmsCommon):
    """Setting an SMS gateway up, as a mail manager does."""

    def form(self):
        gateways = self.as_user(self.env["mailroom.gateway"], self.manager)
        return Form(gateways, "mailroom.mailroom_gateway_view_form")

    def refused(self, **values):
        """Return what the manager reads when settings are refused."""
        with self.assertRaises(ValidationError) as refusal:
            self.as_user(self.gateway, self.manager).write(values)
        return str(refusal.exception)

    # === FILLING IN === #

    def test_a_preset_fills_in_all_but_what_one_logs_in_with(self):
        for key, preset in PRESETS.items():
            with self.subTest(preset=key), self.form() as form:
                form.preset = key
                self.assertEqual(form.name, preset.name)
                self.assertEqual(form.url, preset.url)
                self.assertEqual(form.parameters, preset.parameters)
                self.assertIn(preset.secret, form.preset_note)
                self.assertEqual(form.preset_docs, preset.docs)
                if preset.user:
                    form.auth_user = "somebody"
                form.gateway_secret = "secret"

    def test_a_sender_name_that_a_provider_does_not_take_is_said(self):
        with self.form() as form:
            form.preset = "46elks"
            self.assertIn("without spaces", form.preset_note)
            form.auth_user, form.gateway_secret = "somebody", "secret"

    def test_a_new_gateway_has_the_usual_parameters(self):
        with self.form() as form:
            form.name, form.url = "Ours", "https://sms.example.com/send"
            form.auth_user = "somebody"
        self.assertIn("to = {to}", form.record.parameters)
        self.assertEqual(form.record.company_id, self.company)

    # === CHECKS === #

    def test_an_address_that_is_none_is_refused_in_words(self):
        for url, words in (
            ("ftp://sms.example.com", "ftp://sms.example.com"),
            ("https://me:pw@sms.example.com", "user name"),
            ("sms.example.com", "begins with https://"),
            (False, "missing"),
        ):
            with self.subTest(url=url):
                text = self.refused(url=url)
                self.assertIn(words, text)
                self.assertNotIn("pw@", text)

    def test_parameters_that_cannot_work_are_refused_in_words(self):
        for lines, words in (
            ("to = {to}", "{text}"),
            ("text = {text}\nto = {phone}", "{phone}"),
            ("text = {text}\nto {to}", "to {to}"),
            ("text = {text}\nto now = {to}", "to now"),
        ):
            with self.subTest(lines=lines):
                self.assertIn(words, self.refused(parameters=lines))

    def test_a_number_with_a_plus_is_no_number(self):
        lines = "text = {text}\nto:number = {to}"
        self.assertIn("{digits}", self.refused(parameters=lines, body_kind="json"))

    def test_a_header_of_our_own_is_no_place_for_a_key(self):
        words = self.refused(auth="header", auth_header="Content-Length")
        self.assertIn("Content-Length", words)

    def test_odoos_own_service_needs_no_address(self):
        with self.form() as form:
            form.provider, form.name = "odoo", "Odoo"
        self.assertFalse(form.record.url)

    # === HEALTH === #

    def test_a_paused_gateway_says_why(self):
        self.sms.answer("account_fault", "gateway_credit")
        self.send_sms(self.create_order())
        self.run_queue()
        gateway = self.as_user(self.gateway, self.manager)
        self.assertEqual(gateway.mailroom_health, "paused")
        self.assertIn("empty", gateway.mailroom_trouble)
        gateway.action_mailroom_resume()
        self.run_queue()
        self.assertEqual(len(self.texts), 1)

    # === ADDRESSES === #

    def test_the_address_for_answers_holds_its_proof(self):
        gateway = self.as_user(self.gateway, self.manager)
        start = f"{gateway.get_base_url()}/mailroom/sms/{gateway.receipt_token}"
        self.assertEqual(gateway.receipt_address, f"{start}/receipt")
        self.assertRegex(gateway.incoming_address, r"/incoming\?p=[0-9a-f]{32}$")
        before = gateway.incoming_address
        gateway.receipt_secret = "another key"
        self.assertNotEqual(gateway.incoming_address, before)

    # === A REAL TEST === #

    def press_send(self, number="070-512 34 56", gateway=None, user=None):
        """Open the dialog and press Send; return what is shown."""
        tests = self.as_user(self.env["mailroom.gateway.test"], user or self.manager)
        values = {"gateway_id": (gateway or self.gateway).id, "number": number}
        return tests.create(values).action_send()["params"]

    def test_a_test_message_goes_to_the_number_typed(self):
        shown = self.press_send()
        [text] = self.texts
        self.assertEqual(text.to, "+46705123456")
        self.assertIn("Ahlberg Service", text.text)
        self.assertEqual(shown["type"], "success")
        self.assertTrue(self.gateway.mailroom_last_success)

    def test_a_test_says_what_is_wrong(self):
        self.sms.answer("account_fault", "gateway_login")
        shown = self.press_send()
        self.assertEqual(shown["type"], "danger")
        self.assertIn("user name, password or key", shown["message"])
        self.assertEqual(self.gateway.mailroom_health, "paused")
        self.press_send()
        self.assertEqual(self.gateway.mailroom_health, "up")

    def test_a_test_does_not_go_to_a_landline(self):
        with self.assertRaisesRegex(UserError, "“040-12 34 56” is a landline"):
            self.press_send("040-12 34 56")
        self.assertFalse(self.sms.calls)

    def test_nobody_tests_what_he_may_not_set(self):
        for user, gateway in (
            (self.sender, self.gateway),
            (self.manager, self.gateway_b),
        ):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.press_send(gateway=gateway, user=user)
        self.assertFalse(self.sms.calls)

    def test_a_copy_of_the_database_sends_no_test(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("mailroom.database_identity", "another")
        with self.assertRaisesRegex(UserError, "copy"):
            self.press_send()
        self.assertFalse(self.sms.calls)

    # === SETTINGS === #

    def test_the_settings_show_the_companys_own_gateway(self):
        settings = self.as_user(self.env["mailroom.settings"], self.manager)
        settings = settings.create({"company_id": self.company.id})
        self.assertEqual(settings.mailroom_gateway_id, self.gateway)
        self.assertEqual(settings.action_mailroom_gateway()["res_id"], self.gateway.id)
        self.gateway.active = False
        settings.invalidate_recordset()
        self.assertFalse(settings.mailroom_gateway_id)

    def test_a_sender_name_is_at_most_11_characters(self):
        settings = self.as_user(self.env["mailroom.settings"], self.manager)
        settings = settings.create({"company_id": self.company.id})
        settings.mailroom_sms_sender = "Ahlberg Kyl"
        self.assertEqual(self.company.mailroom_sms_sender, "Ahlberg Kyl")
        with self.assertRaisesRegex(ValidationError, "Ahlberg Kylan"):
            settings.mailroom_sms_sender = "Ahlberg Kylan"
