from lxml import html

from .common import GROUPS
from .http_common import MailroomHttpCommon, Refused


class TestSecurityCompany(MailroomHttpCommon):
    """Nobody sees another company's log, nor a colleague's messages (S2, S11, S20)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order()
        self.server.refuse("secret@kund.test", 550, "5.1.1 SECRET mailbox")
        self.dispatch = self.send(
            self.order, other_addresses="secret@kund.test", subject="SECRET offer"
        )
        self.run_queue()
        self.delivery = self.deliveries(self.order)["secret@kund.test"]
        self.records = {
            "mailroom.dispatch": self.dispatch,
            "mailroom.dispatch.file": self.dispatch.file_ids,
            "mailroom.delivery": self.dispatch.delivery_ids,
            "mailroom.attempt": self.dispatch.delivery_ids.attempt_ids,
        }
        # A second salesperson of the same company, who sees his own orders only
        self.colleague = self.create_user("colleague", GROUPS["sender"])

    def strangers(self):
        for user in (self.sender_b, self.manager_b, self.colleague):
            self.login(user)
            yield user

    # === OTHERS' LOGS === #

    def test_nothing_of_it_can_be_found_counted_or_read(self):
        for user in self.strangers():
            for model, records in self.records.items():
                with self.subTest(user=user.login, model=model):
                    own = [("id", "in", records.ids)]
                    self.assertEqual(self.call(model, "search", own), [])
                    self.assertEqual(self.call(model, "search_count", own), 0)
                    self.assertEqual(self.call(model, "name_search", "", own), [])
                    found = self.call(model, "web_search_read", own, {"id": {}})
                    self.assertEqual(found["length"], 0)
                    groups = self.call(
                        model, "formatted_read_group", own, ["create_uid"], ["__count"]
                    )
                    self.assertIn(groups, ([], False), "no group, no count")
                    self.assertRefused(self.call(model, "read", records.ids, ["id"]))
                    exported = self.call(
                        model, "export_data", records.ids, ["display_name"]
                    )
                    self.assertIsInstance(exported, Refused)

    def test_it_cannot_be_found_through_related_fields(self):
        for user in self.strangers():
            with self.subTest(user=user.login):
                for model, path in (
                    ("mailroom.delivery", "dispatch_id.subject"),
                    ("mailroom.attempt", "delivery_id.address"),
                    ("mailroom.dispatch.file", "dispatch_id.delivery_ids.address"),
                ):
                    domain = [(path, "ilike", "secret")]
                    self.assertEqual(self.call(model, "search", domain), [])

    def test_chatter_and_to_dos_do_not_give_it_away(self):
        self.assertTrue(self.order.activity_ids)
        for user in self.strangers():
            with self.subTest(user=user.login):
                about = [("res_id", "=", self.order.id)]
                messages = [*about, ("model", "=", "sale.order")]
                self.assertEqual(self.call("mail.message", "search", messages), [])
                to_dos = [*about, ("res_model", "=", "sale.order")]
                self.assertEqual(self.call("mail.activity", "search", to_dos), [])

    def test_odoos_envelopes_hold_no_answer_of_a_server(self):
        self.login(self.sender_b)
        for field in ("failure_reason", "mail_email_address"):
            domain = [(field, "ilike", "SECRET mailbox")]
            self.assertFalse(self.call("mail.notification", "search", domain))

    def test_the_owner_and_his_manager_see_it(self):
        for user in (self.sender, self.manager):
            self.login(user)
            for model, records in self.records.items():
                domain = [("id", "in", records.ids)]
                found = self.call(model, "search", domain)
                self.assertEqual(set(found), set(records.ids), (user.login, model))

    # === ACTING ON IT === #

    def test_nobody_else_acts_on_it(self):
        before = self.delivery.read(["state", "superseded", "attempts"])
        strangers = (self.portal, self.internal, self.sender_b, self.manager_b)
        for user in (None, self.colleague, *strangers):
            self.login(user)
            for action in ("action_retry", "action_arrived", "action_cancel"):
                result = self.call("mailroom.delivery", action, self.delivery.ids)
                self.assertRefused(result, (user and user.login, action, result))
            for name, *rest in (
                ("mailroom_get_status",),
                ("mailroom_act", "retry", self.delivery.id),
            ):
                result = self.call("sale.order", name, self.order.ids, *rest)
                self.assertRefused(result, (user and user.login, name, result))
        self.env.invalidate_all()
        self.assertEqual(
            self.delivery.read(["state", "superseded", "attempts"]), before
        )

    def test_the_account_is_resumed_by_its_own_managers_only(self):
        self.account.mailroom_health = "paused"
        for user in (None, self.portal, self.internal, self.sender, self.manager_b):
            self.login(user)
            result = self.call(
                "ir.mail_server", "action_mailroom_resume", self.account.ids
            )
            self.assertIsInstance(result, Refused, user and user.login)
        self.env.invalidate_all()
        self.assertEqual(self.account.mailroom_health, "paused")
        self.login(self.manager)
        self.call("ir.mail_server", "action_mailroom_resume", self.account.ids)
        self.env.invalidate_all()
        self.assertEqual(self.account.mailroom_health, "up")

    def test_only_an_administrator_lets_a_copy_send(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("mailroom.database_identity", "another")
        for user in (None, self.portal, self.internal, self.sender, self.manager):
            self.login(user)
            self.assertRefused(self.call("mailroom.guard", "allow_sending"))
        self.login(self.admin)
        self.assertTrue(self.call("mailroom.guard", "allow_sending"))

    # === THE BYTES === #

    def test_the_message_is_downloaded_by_who_may_see_it(self):
        for user in (self.sender, self.manager):
            self.login(user)
            answer = self.url_open(self.url(self.delivery))
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.content, self.delivery._frozen_message())
            self.assertEqual(answer.headers["Content-Type"], "message/rfc822")
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_for_others_there_is_no_such_message(self):
        users = (
            self.colleague,
            self.sender_b,
            self.manager_b,
            self.internal,
            self.portal,
        )
        for user in users:
            self.login(user)
            answers = [
                self.url_open(url)
                for url in (self.url(self.delivery), "/mailroom/message/999999.eml")
            ]
            with self.subTest(user=user.login):
                self.assertEqual([a.status_code for a in answers], [404, 404])
                texts = [html.fromstring(a.content).text_content() for a in answers]
                self.assertEqual(texts[0].split(), texts[1].split())

    def test_without_a_login_there_is_only_the_login(self):
        self.login(None)
        answer = self.url_open(self.url(self.delivery), allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_the_attachment_behind_it_is_not_served_either(self):
        stored = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "mailroom.delivery"),
                ("res_id", "=", self.delivery.id),
                ("res_field", "=", "eml"),
            ]
        )
        self.assertTrue(stored)
        for user in (self.colleague, self.sender_b, self.manager_b, self.internal):
            self.login(user)
            for url in (
                f"/web/content/{stored.id}",
                f"/web/content/mailroom.delivery/{self.delivery.id}/eml",
            ):
                answer = self.url_open(url)
                self.assertNotEqual(answer.status_code, 200, (user.login, url))
                self.assertNotIn(b"Message-ID", answer.content)

    def url(self, delivery):
        return f"/mailroom/message/{delivery.id}.eml"

    # === LIVE SCREENS === #

    def test_only_who_may_read_the_document_hears_of_it(self):
        channel = f"mailroom.document:sale.order:{self.order.id}"
        for user, hears in (
            (self.sender, True),
            (self.colleague, False),
            (self.sender_b, False),
        ):
            self.login(user)
            answer = self.make_jsonrpc_request(
                "/websocket/peek_notifications",
                {"channels": [channel], "last": 0, "is_first_poll": True},
            )
            heard = any("sale.order" in str(c) for c in answer["channels"])
            self.assertEqual(heard, hears, user.login)
