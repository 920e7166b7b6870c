from odoo.tests import new_test_user, tagged

from .http_common import MailroomHttpCommon
from .protocol_common import ProtocolCommon, png


@tagged("post_install", "-at_install")
class TestProtocolPortal(ProtocolCommon, MailroomHttpCommon):
    """A customer reads and signs his protocols, and nobody else's (S11)."""

    def setUp(self):
        super().setUp()
        self.protocol = self.create_protocol(done=True)
        self.foreign_partner = self.env["res.partner"].create(
            {"name": "Another customer", "email": "other@else.test"}
        )
        order = self.create_order(confirmed=True, partner_id=self.foreign_partner.id)
        self.foreign = self.create_protocol(order, done=True)
        self.customers_user = self.create_portal_user("anna", self.anna)

    def create_portal_user(self, login, partner):
        return new_test_user(
            self.env,
            login=f"portal_{login}",
            groups="base.group_portal",
            partner_id=partner.id,
        )

    def status(self, url):
        return self.url_open(url).status_code

    def sign(self, protocol, token=None, name="Anna Ek", signature=None):
        url = f"/my/protocols/{protocol.id}/sign?access_token={token or ''}"
        params = {"name": name, "signature": png() if signature is None else signature}
        return self.make_jsonrpc_request(url, params)

    def to_sign(self):
        self.protocol.sudo().sign_online = True
        return self.protocol.sudo()._portal_ensure_token()

    # === READING === #

    def test_the_link_opens_it_without_a_login(self):
        page = self.url_open(self.protocol.get_portal_url()).text
        self.assertIn("Cleaned the filter", page)
        self.assertNotIn("Sign the Protocol", page)

    def test_work_may_be_shown_by_a_picture_alone(self):
        image = "<p><img src='data:image/png;base64,iVBORw0KGgo='/></p>"
        protocol = self.create_protocol(work_done=image, done=True)
        page = self.url_open(protocol.get_portal_url()).text
        self.assertIn("Work Done", page)
        empty = self.create_protocol(work_done="<p><br></p>", done=True)
        self.assertNotIn("Work Done", self.url_open(empty.get_portal_url()).text)

    def test_everything_else_does_not_exist(self):
        token = self.foreign.sudo()._portal_ensure_token()
        own = self.protocol.sudo()._portal_ensure_token()
        page = f"/my/protocols/{self.protocol.id}"
        urls = (
            page,
            f"{page}?access_token=",
            f"{page}?access_token=None",
            f"{page}?access_token={token}",
            f"{page}?access_token={own[:-1]}",
            f"{page}?access_token={own}x",
            f"{page}?report_type=pdf",
            "/my/protocols/2147483647",
            "/my/protocols/99999999999999999999",
            f"/my/protocols/2147483647?access_token={own}",
        )
        stranger = self.create_portal_user("other", self.foreign_partner)
        for user in (None, stranger):
            self.login(user)
            for url in urls:
                with self.subTest(url=url, login=user and user.login):
                    self.assertEqual(self.status(url), 404)

    def test_a_customer_sees_his_own_and_no_drafts(self):
        draft = self.create_protocol(self.protocol.order_id)
        self.login(self.customers_user)
        page = self.url_open("/my/protocols").text
        self.assertIn(self.protocol.name, page)
        self.assertNotIn(self.foreign.name, page)
        self.assertNotIn(draft.name, page)
        self.assertEqual(self.status(self.protocol.access_url), 200)
        self.assertEqual(self.status(self.foreign.access_url), 404)
        draft_url = draft.sudo().get_portal_url()
        self.assertEqual(self.status(draft_url), 404)
        result = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["protocol_count"]}
        )
        self.assertEqual(result["protocol_count"], 1)

    def test_a_replaced_one_says_so(self):
        url = self.protocol.sudo().get_portal_url()
        correction = self.protocol.browse(self.protocol.action_correct()["res_id"])
        self.assertIn("replaced by a correction", self.url_open(url).text)
        correction.action_done()
        self.login(self.customers_user)
        page = self.url_open("/my/protocols").text
        self.assertEqual(page.count(f">{self.protocol.name}"), 1, "only the correction")

    def test_the_pdf_is_named_after_the_number(self):
        url = self.protocol.sudo().get_portal_url(report_type="pdf", download=True)
        response = self.url_open(url)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn(
            f"{self.protocol.name}.pdf", response.headers["Content-Disposition"]
        )

    # === SIGNING === #

    def test_the_customer_signs(self):
        token = self.to_sign()
        page = self.url_open(self.protocol.sudo().get_portal_url()).text
        self.assertIn("portal.signature_form", page)
        result = self.sign(self.protocol, token, name="  Anna\n Ek ")
        self.assertTrue(result["force_refresh"])
        self.assertEqual(self.protocol.signed_by, "Anna Ek")
        self.assertTrue(self.protocol.signature)
        self.assertTrue(self.protocol.signed_on)
        note = self.protocol.sudo().message_ids[:1]
        self.assertIn("Signed by Anna Ek", note.body)
        self.assertIn(self.sender.partner_id, note.notified_partner_ids)
        page = self.url_open(result["redirect_url"]).text
        self.assertIn("The protocol is signed", page)
        self.assertNotIn("portal.signature_form", page)

    def test_a_signature_is_given_once(self):
        token = self.to_sign()
        self.sign(self.protocol, token)
        before = self.protocol.signature
        result = self.sign(self.protocol, token, "Mallory", png("blue", (90, 30)))
        self.assertIn("not to be signed", result["error"])
        self.protocol.invalidate_recordset()
        self.assertEqual(self.protocol.signature, before)
        self.assertEqual(self.protocol.signed_by, "Anna Ek")

    def test_nobody_else_signs(self):
        token = self.to_sign()
        self.foreign.sudo().sign_online = True
        for protocol, key in (
            (self.protocol, None),
            (self.protocol, token[:-1]),
            (self.foreign, token),
        ):
            self.assertIn("not found", self.sign(protocol, key)["error"])
        self.assertFalse((self.protocol | self.foreign).sudo().filtered("signature"))

    def test_what_is_no_signature_is_refused(self):
        token = self.to_sign()
        for wrong in ("", "aGVsbG8=", "no base64", 7, ["x"], "A" * 2_000_000):
            with self.subTest(str(wrong)[:10]):
                result = self.sign(self.protocol, token, signature=wrong)
                self.assertIn("sign in the field", result["error"])
        result = self.sign(self.protocol, token, name=" ")
        self.assertIn("write your name", result["error"])
        self.assertFalse(self.protocol.signature)

    def test_it_is_signed_only_when_we_ask_for_it(self):
        token = self.protocol.sudo()._portal_ensure_token()
        self.assertIn("not to be signed", self.sign(self.protocol, token)["error"])
