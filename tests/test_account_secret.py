import base64
import logging
from unittest.mock import patch
from urllib.parse import quote

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged

from .common import MailroomCommon
from .mail_server import PASSWORD, USER, MailServer

SECRET = "S3cret ü/%+word"
MASK = "••••••••"
SPEC = {
    "smtp_pass": {},
    "mailroom_secret": {},
    "smtp_ssl_private_key": {},
    "mailroom_company_id": {"fields": {"display_name": {}}},
}


def traces(secret):
    """Return every spelling in which a secret could show up."""
    raw = secret.encode()
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        raw.hex(),
        base64.b64encode(raw).decode().rstrip("="),
        base64.b64encode(b"\0" + USER.encode() + b"\0" + raw).decode().rstrip("="),
        repr(secret)[1:-1],
        secret.encode("unicode_escape").decode(),
    }


@tagged("post_install", "-at_install")
class TestAccountSecret(HttpCase, MailroomCommon):
    """Passwords are written and never read (S3, S4, S5, R15)."""

    roles = ("sender", "manager", "admin")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account.smtp_pass = SECRET
        cls.env["ir.config_parameter"].set_param(
            "mailroom.allowed_networks", "127.0.0.0/8"
        )
        cls.root = cls.env.ref("base.user_root")

    def call(self, user, method, *args, ids=None, **kwargs):
        """Call a public method as the web client does, with the user's own rights."""
        model = self.env["ir.mail_server"].with_user(user)
        arguments = list(args) if ids is None else [ids, *args]
        return call_kw(model, method, arguments, kwargs)

    def assertClean(self, answer, secret=SECRET):
        for trace in traces(secret):
            self.assertNotIn(trace, str(answer))

    # === READING === #

    def test_nobody_reads_a_password(self):
        ids = self.account.ids
        for user in (self.admin, self.manager, self.root):
            for answer in (
                self.call(user, "read", ["smtp_pass"], ids=ids),
                self.call(user, "search_read", [("id", "in", ids)], ["smtp_pass"]),
                self.call(user, "web_read", {"smtp_pass": {}}, ids=ids),
                self.call(
                    user,
                    "web_search_read",
                    [("id", "in", ids)],
                    specification={"smtp_pass": {}},
                ),
                self.call(user, "onchange", {}, [], {"smtp_pass": {}}, ids=ids),
            ):
                with self.subTest(user=user.login, answer=answer):
                    self.assertIn(MASK, str(answer))
                    self.assertClean(answer)

    def test_the_sealed_password_is_masked_even_for_the_superuser(self):
        answer = self.call(self.root, "web_read", SPEC, ids=self.account.ids)
        self.assertEqual(answer[0]["mailroom_secret"], MASK)
        with self.assertRaises(AccessError):
            self.call(self.admin, "read", ["mailroom_secret"], ids=self.account.ids)

    def test_saving_does_not_answer_with_what_was_typed(self):
        values = {"smtp_pass": "another " + SECRET}
        answer = self.call(
            self.admin, "web_save", values, {"smtp_pass": {}}, ids=self.account.ids
        )
        self.assertEqual(answer[0]["smtp_pass"], MASK)
        self.assertClean(answer)
        self.assertEqual(self.account._mailroom_password(), "another " + SECRET)

    def test_a_private_key_is_no_download(self):
        account = self.account
        account.smtp_ssl_private_key = base64.b64encode(SECRET.encode())
        answer = self.call(self.root, "web_read", SPEC, ids=account.ids)
        self.assertEqual(answer[0]["smtp_ssl_private_key"], MASK)
        answer = self.call(self.root, "onchange", {}, [], SPEC, ids=account.ids)
        self.assertClean(answer)
        self.authenticate(self.admin.login, self.admin.login)
        url = f"/web/content/ir.mail_server/{account.id}/smtp_ssl_private_key"
        self.assertClean(self.url_open(url).text)

    def test_a_password_is_not_searched_sorted_or_grouped(self):
        for user in (self.admin, self.manager, self.root):
            for name in ("smtp_pass", "mailroom_secret", "smtp_ssl_private_key"):
                for method, args, kwargs in (
                    ("search", [[(name, "=like", "S3%")]], {}),
                    ("search_count", [["!", (name, "like", "S3")]], {}),
                    ("search", [[]], {"order": name}),
                    ("formatted_read_group", [[], [name], ["__count"]], {}),
                    ("formatted_read_group", [[], [], [f"{name}:count"]], {}),
                ):
                    with (
                        self.subTest(user=user.login, name=name, method=method),
                        self.assertRaises(AccessError),
                    ):
                        self.call(user, method, *args, **kwargs)

    def test_a_password_is_not_searched_by_a_detour(self):
        templates = self.env["mail.template"].with_user(self.admin)
        for path in ("mail_server_id.smtp_pass", "mail_server_id.mailroom_secret"):
            with self.subTest(path=path), self.assertRaises(AccessError):
                call_kw(templates, "search", [[(path, "=like", "S3%")]], {})
        template = templates.search([], limit=1)
        template.sudo().mail_server_id = self.account
        with self.assertRaises(AccessError):
            call_kw(
                template,
                "export_data",
                [template.ids, ["name", "mail_server_id/smtp_pass"]],
                {},
            )

    def test_a_password_is_not_exported_or_copied(self):
        for name in ("smtp_pass", "mailroom_secret"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.call(self.admin, "export_data", [name], ids=self.account.ids)
        twin = self.account.with_user(self.admin).copy()
        self.assertFalse(twin.smtp_pass)
        self.assertFalse(twin._mailroom_password())

    def test_no_column_of_the_database_holds_it(self):
        self.env.flush_all()
        for table in ("ir_mail_server", "mailroom_setting_log", "mail_message"):
            self.env.cr.execute(f"SELECT * FROM {table}")  # pylint: disable=sql-injection
            self.assertClean(self.env.cr.fetchall())

    # === A PASSWORD IS FOR ITS SERVER === #

    def test_another_server_does_not_get_the_password(self):
        self.account.with_user(self.manager).smtp_host = "smtp.attacker.test"
        self.assertFalse(self.account.smtp_pass)
        self.assertEqual(self.account._mailroom_password(), "")

    def test_a_password_typed_with_the_server_stays(self):
        self.account.write({"smtp_host": "smtp.new.test", "smtp_pass": "new"})
        self.assertEqual(self.account._mailroom_password(), "new")
        self.account.write({"smtp_host": "smtp.new.test", "smtp_port": 465})
        self.assertEqual(self.account._mailroom_password(), "new")

    def test_the_mask_written_back_changes_nothing(self):
        self.account.smtp_pass = MASK
        self.assertEqual(self.account._mailroom_password(), SECRET)
        self.account.smtp_pass = False
        self.assertFalse(self.account.smtp_pass)

    def test_another_machine_cannot_open_it_and_says_so(self):
        target = "odoo.addons.mailroom.models.mailroom_secretive.file_key"
        order = self.create_order()
        self.send(order)
        with patch(target, return_value="another machine"):
            self.assertEqual(self.account.smtp_pass, MASK)
            finding = self.account._mailroom_probe()
        self.assertEqual(finding.best.reason, "password_unreadable")
        words = self.env["mailroom.words"]._diagnosis(self.account, finding)
        self.assertIn("sealed with a key that is not on this machine", words)

    def test_passwords_from_before_mailroom_are_sealed(self):
        self.env.cr.execute(
            "UPDATE ir_mail_server SET smtp_pass = 'old', mailroom_secret = NULL "
            "WHERE id = %s",
            (self.account.id,),
        )
        self.env.invalidate_all()
        self.env["ir.mail_server"]._mailroom_take_secrets()
        self.assertEqual(self.account._mailroom_password(), "old")
        self.env["ir.mail_server"]._mailroom_give_secrets()
        self.env.cr.execute(
            "SELECT smtp_pass FROM ir_mail_server WHERE id = %s", (self.account.id,)
        )
        self.assertEqual(self.env.cr.fetchone()[0], "old")

    # === LOGS === #

    def test_no_log_shows_it_at_any_level(self):
        lines = []
        handler = logging.Handler()
        handler.emit = lambda record: lines.append(record.getMessage())
        names = ("", "odoo", "odoo.service.model", "odoo.sql_db", "odoo.addons.base")
        loggers = [logging.getLogger(name) for name in names]
        levels = [logger.level for logger in loggers]
        logging.getLogger().addHandler(handler)
        try:
            for logger in loggers:
                logger.setLevel(logging.DEBUG)
            self._use_an_account_in_every_way()
        finally:
            logging.getLogger().removeHandler(handler)
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
        text = "\n".join(lines)
        self.assertIn("call ir.mail_server", text, "safety belt: calls are logged")
        self.assertIn("ehlo", text, "safety belt: conversations are logged")
        for secret in (PASSWORD, f"wrong {PASSWORD}"):
            self.assertClean(text, secret)

    def _use_an_account_in_every_way(self):
        """Save with the right and a wrong password, and let Odoo itself send."""
        servers = type(self.env["ir.mail_server"])
        with MailServer() as server:
            values = {
                "name": "Logged",
                "smtp_host": "localhost",
                "smtp_port": server.port,
                "smtp_user": USER,
                "smtp_pass": PASSWORD,
                "mailroom_encryption": "starttls",
                "mailroom_address": USER,
                "smtp_debug": True,
            }
            (answer,) = self.call(self.admin, "web_save", values, {"id": {}}, ids=[])
            account = self.env["ir.mail_server"].browse(answer["id"])
            with patch.object(servers, "_disable_send", return_value=False):
                account._connect__(mail_server_id=account.id).quit()
            self.call(
                self.admin,
                "web_save",
                {"smtp_pass": f"wrong {PASSWORD}"},
                {"id": {}},
                ids=account.ids,
            )
        self.assertEqual(account.mailroom_reason, "password_refused")
        self.assertGreaterEqual(len(server.logins), 3)
