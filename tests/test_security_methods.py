import inspect

from .http_common import MailroomHttpCommon, Refused

# Every method of ours that a browser may call. A new one needs a line here, and a
# look at whether it checks the rights of who calls it.
PUBLIC = {
    "account.move": {"action_send_and_print"},
    "ir.mail_server": {"action_mailroom_resume"},
    "mailroom.delivery": {
        "action_arrived",
        "action_cancel",
        "action_download",
        "action_open_document",
        "action_retry",
    },
    "mailroom.dispatch": {"action_open_document"},
    "mailroom.document": {
        "action_mailroom_send",
        "mailroom_act",
        "mailroom_get_status",
    },
    "mailroom.guard": {"allow_sending", "get_notice"},
    "mailroom.send": {"action_send"},
    "sale.order": {"action_quotation_send"},
}
# What makes, claims, sends and records: for the program only.
INTERNAL = {
    "mailroom.queue": ("_run", "_cron_run", "_wake"),
    "mailroom.dispatch": ("_send", "_send_message", "_make_ready", "_claim_new"),
    "mailroom.delivery": ("_claim", "_record", "_recover", "_freeze", "_bounced"),
    "mailroom.planner": ("_plan", "_render"),
    "mailroom.layout": ("_render",),
    "mailroom.guard": ("_allow", "_remember", "_holds_everything"),
    "sale.order": ("_mailroom_refresh", "_mailroom_people", "_mailroom_print"),
    "ir.mail_server": ("_mailroom_open_session", "_prepare_mailroom_account"),
}
HOSTILE = (
    (),
    ("retry", 2**31 - 1),
    ("__class__", None),
    ({"a": 1}, [["'; DROP TABLE mailroom_delivery; --"]]),
)


class TestSecurityMethods(MailroomHttpCommon):
    """Each public method of ours, called by each role with hostile arguments (S19)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order(self.company_b)
        self.invoice = self.create_invoice(self.company_b)
        seller = self.create_user("both", "sales_team.group_sale_salesman_all_leads")
        seller.write(
            {
                "company_ids": [(4, self.company_b.id)],
                "group_ids": [(4, self.env.ref("account.group_account_invoice").id)],
            }
        )
        self.server.lose("bo@kund.test")
        self.send(self.order, to=self.anna | self.bo, user=seller)
        self.send(self.invoice, user=seller)
        self.run_queue()
        self.send(self.order, to=self.anna, user=seller)

    def public_methods(self):
        """Return ``{model: names}`` of the methods that are ours and callable."""
        found = {}
        for name, model in self.env.registry.items():
            for cls in model.__mro__:
                if not cls.__module__.startswith("odoo.addons.mailroom."):
                    continue
                # A document's methods are those of the mixin
                if name != "mailroom.document" and cls._name == "mailroom.document":
                    continue
                own = {
                    key
                    for key, value in vars(cls).items()
                    if inspect.isfunction(getattr(value, "__func__", value))
                    and not key.startswith("_")
                    and not getattr(value, "_api_private", False)
                }
                if own and getattr(cls, "_register", True) is not None:
                    found.setdefault(name, set()).update(own)
        return found

    def snapshot(self):
        """Return everything a hostile call could change."""
        self.env.flush_all()
        self.env.invalidate_all()
        tables = {
            "mailroom_delivery": "state, attempts, superseded, dedup_key",
            "mailroom_dispatch": "stage, user_id, content_hash",
            "mailroom_attempt": "outcome",
            "ir_mail_server": "mailroom_health, mailroom_company_id, smtp_host",
            "sale_order": "state, mailroom_state, mailroom_changed",
            "account_move": "state, mailroom_state, mailroom_changed",
        }
        rows = {}
        for table, columns in tables.items():
            self.env.cr.execute(f"SELECT id, {columns} FROM {table} ORDER BY id")
            rows[table] = self.env.cr.fetchall()
        return rows

    def targets(self):
        """Return ``{model: ids}`` of records of the other company."""
        dispatches = self.dispatches(self.order) | self.dispatches(self.invoice)
        return {
            "account.move": self.invoice.ids,
            "ir.mail_server": (self.account | self.account_b).ids,
            "mailroom.delivery": dispatches.delivery_ids.ids,
            "mailroom.dispatch": dispatches.ids,
            "mailroom.send": self.env["mailroom.send"].search([]).ids,
            "sale.order": self.order.ids,
        }

    def test_every_public_method_has_a_line(self):
        self.assertEqual(self.public_methods(), PUBLIC)

    def test_hostile_calls_change_nothing(self):
        targets = self.targets()
        before = self.snapshot()
        for role in ("public", "portal", "internal", "biller", "sender"):
            self.login(self.users[role])
            for model, names in PUBLIC.items():
                documents = ("sale.order", "account.move")
                for name in sorted(names):
                    for target in documents if model == "mailroom.document" else [model]:
                        for args in HOSTILE:
                            ids = [targets[target]] if target in targets else []
                            self.call(target, name, *ids, *args)
            self.assertEqual(self.snapshot(), before, role)
        self.run_queue()

    def test_nothing_is_told_about_another_companys_documents(self):
        targets = self.targets()
        for role in ("public", "portal", "internal", "biller", "sender", "manager"):
            self.login(self.users[role])
            for model, name, *args in (
                ("sale.order", "mailroom_get_status"),
                ("account.move", "mailroom_get_status"),
                ("sale.order", "mailroom_act", "nothing", 1),
                ("sale.order", "action_mailroom_send"),
                ("account.move", "action_mailroom_send"),
                ("mailroom.send", "action_send"),
                ("mailroom.send", "read", ["body", "preview"]),
            ):
                result = self.call(model, name, targets[model], *args)
                with self.subTest(role=role, method=f"{model}.{name}"):
                    self.assertIsInstance(result, Refused)

    def test_the_programs_own_methods_cannot_be_called(self):
        self.login(self.admin)
        before = self.snapshot()
        for model, names in INTERNAL.items():
            for name in names:
                self.assertTrue(hasattr(self.env[model], name), name)
                with self.subTest(method=f"{model}.{name}"):
                    self.assertIsInstance(self.call(model, name, []), Refused)
        self.assertEqual(self.snapshot(), before)
