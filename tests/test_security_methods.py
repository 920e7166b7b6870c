import inspect

from .http_common import MailroomHttpCommon, Refused

# Every method of ours that a browser may call. A new one needs a line here, and a
# look at whether it checks the rights of who calls it.
PUBLIC = {
    "calendar.event": {
        "action_mailroom_booking_send",
        "action_mailroom_cancel",
        "action_mailroom_open_order",
    },
    "ir.mail_server": {
        "action_mailroom_changes",
        "action_mailroom_check",
        "action_mailroom_check_dns",
        "action_mailroom_messages",
        "action_mailroom_resume",
        "action_mailroom_send_test",
    },
    "mail.template": {"action_mailroom_reset"},
    "mailroom.carrier": {"action_mailroom_resume"},
    "mailroom.batch": {
        "action_cancel",
        "action_check",
        "action_export",
        "action_lines",
        "action_open",
        "action_pause",
        "action_resume",
        "action_retry_failed",
        "action_send",
    },
    "mailroom.batch.line": {
        "action_check",
        "action_open_document",
        "action_preview",
        "action_retry",
    },
    "mailroom.company.settings": {
        "action_mailroom_account",
        "action_mailroom_gateway",
        "action_mailroom_setting_log",
    },
    "mailroom.coverage": {"get_matrix", "make"},
    "mailroom.delivery": {
        "action_approve",
        "action_arrived",
        "action_cancel",
        "action_download",
        "action_open_document",
        "action_release_sms",
        "action_retry",
        "get_leaving",
        "stop_leaving",
    },
    "mailroom.dispatch": {"action_open_document"},
    "mailroom.document": {
        "action_mailroom_message",
        "action_mailroom_send",
        "action_mailroom_send_selected",
        "action_mailroom_with_template",
        "mailroom_act",
        "mailroom_answer",
        "mailroom_ask",
        "mailroom_get_status",
    },
    "mailroom.gateway": {
        "action_mailroom_messages",
        "action_mailroom_resume",
        "action_mailroom_test_sms",
    },
    "mailroom.gateway.test": {"action_send"},
    "mailroom.protocol": {"action_ask_to_sign", "action_correct", "action_done"},
    "mailroom.firing": {"action_open_document"},
    "mailroom.guard": {"allow_sending", "get_notice"},
    "mailroom.pointer": {"action_open_document"},
    "mailroom.question": {"action_look", "action_no", "action_send"},
    "mailroom.send": {"action_send"},
    "mailroom.settings": {
        "action_mailroom_account",
        "action_mailroom_gateway",
        "action_mailroom_setting_log",
        "action_open",
    },
    "mailroom.stage": {"action_delete", "action_texts"},
    "mailroom.stage.change": {"action_change"},
    "mailroom.stage.delete": {"action_delete"},
    "res.company": {"action_mailroom_account"},
    "res.config.settings": {
        "action_mailroom_account",
        "action_mailroom_gateway",
        "action_mailroom_setting_log",
    },
    "res.users": {"action_mailroom_mailbox"},
    "sale.order": {
        "action_mailroom_booking_send",
        "action_mailroom_calendar",
        "action_mailroom_not_ready",
        "action_mailroom_ready",
        "action_mailroom_work_order",
        "action_mailroom_protocol",
        "action_mailroom_protocols",
        "mailroom_booking_question",
        "mailroom_booking_send",
        "mailroom_get_customer",
        # Also with what the customer knows of the visits
        "mailroom_get_status",
    },
}
# What makes, claims, sends and records: for the program only.
INTERNAL = {
    "mailroom.queue": ("_run", "_cron_run", "_wake", "_job_make", "_job_hand_over"),
    "mailroom.dispatch": ("_send", "_send_message", "_make_ready", "_claim_new"),
    "mailroom.delivery": ("_claim", "_record", "_recover", "_freeze", "_bounced"),
    "mailroom.batch": ("_make", "_start", "_advance", "_step"),
    "mailroom.planner": ("_plan",),
    "mailroom.layout": ("_render",),
    "mailroom.guard": ("_allow", "_remember", "_holds_everything"),
    "sale.order": ("_mailroom_refresh", "_mailroom_people", "_mailroom_print"),
    "ir.mail_server": ("_mailroom_open_session", "_prepare_mailroom_account"),
    "mailroom.gateway": ("_mailroom_hand_over", "_mailroom_open", "_prepare_form"),
    "mailroom.optout": ("_stop", "_start", "_opted_out"),
}
OURS = "odoo.addons.mailroom."
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
        self.protocol = self.env["mailroom.protocol"].create(
            {"partner_id": self.customer.id, "company_id": self.company_b.id}
        )
        self.server.lose("bo@kund.test")
        self.send(self.order, to=self.anna | self.bo, user=seller)
        self.send(self.invoice, user=seller)
        self.visit = self.env["calendar.event"].create(
            {"name": "Visit", "mailroom_order_id": self.order.id}
        )
        self.run_queue()
        self.send(self.order, to=self.anna, user=seller)
        self.batch = (
            self.as_user(self.order, seller)
            .env["mailroom.batch"]
            ._make(self.as_user(self.order, seller))
        )
        self.batch._check()

    def public_methods(self):
        """Return ``{model: names}`` of callable methods that only we bring in."""
        found = {}
        for name, model in self.env.registry.items():
            ours = [c for c in model.__mro__ if c.__module__.startswith(OURS)]
            others = [c for c in model.__mro__ if c not in ours and c is not model]
            # What documents have from their mixin stands in the line of the mixin
            if name != "mailroom.document":
                ours = [c for c in ours if c._name != "mailroom.document"]
            names = {
                key
                for cls in ours
                for key, value in vars(cls).items()
                if inspect.isfunction(getattr(value, "__func__", value))
                and not key.startswith("_")
                and not getattr(value, "_api_private", False)
                and not any(key in vars(other) for other in others)
            }
            if names:
                found[name] = names
        return found

    def snapshot(self):
        """Return everything a hostile call could change."""
        self.env.flush_all()
        self.env.invalidate_all()
        tables = {
            "mailroom_delivery": "state, attempts, superseded, dedup_key",
            "mailroom_dispatch": "stage, user_id, content_hash",
            "mailroom_attempt": "outcome",
            "mailroom_firing": "state, dispatch_id",
            "mailroom_stage": "mode, sequence",
            "mailroom_batch": "state, name, user_id, one_mail",
            "mailroom_batch_line": "result, selected, recipients",
            "ir_mail_server": "mailroom_health, mailroom_company_id, smtp_host",
            "mail_template": "mailroom_kind, subject, body_html",
            "mailroom_protocol": "state, sign_online, mailroom_state",
            "sale_order": "state, mailroom_state, mailroom_changed",
            "account_move": "state, mailroom_state, mailroom_changed",
            "calendar_event": "active, start, mailroom_visit_state",
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
            "calendar.event": self.visit.ids,
            "ir.mail_server": (self.account | self.account_b).ids,
            "mail.template": self.env["mail.template"].search([], limit=3).ids,
            "mailroom.batch": self.batch.ids,
            "mailroom.batch.line": self.batch.sudo().line_ids.ids,
            "mailroom.delivery": dispatches.delivery_ids.ids,
            "mailroom.dispatch": dispatches.ids,
            "mailroom.firing": self.env["mailroom.firing"].search([]).ids,
            "mailroom.send": self.env["mailroom.send"].search([]).ids,
            "mailroom.stage": self.env["mailroom.stage"].search([]).ids,
            "res.company": self.company_b.ids,
            "res.users": self.sender_b.ids,
            "mailroom.protocol": self.protocol.ids,
            "sale.order": self.order.ids,
        }

    def callable_methods(self):
        """Yield ``(model, name)``, those of the mixin on real documents."""
        for model, names in PUBLIC.items():
            documents = ("sale.order", "account.move", "mailroom.protocol")
            for target in documents if model == "mailroom.document" else (model,):
                for name in sorted(names):
                    yield target, name

    def test_every_public_method_has_a_line(self):
        self.maxDiff = None
        self.assertEqual(self.public_methods(), PUBLIC)

    def test_hostile_calls_change_nothing(self):
        targets = self.targets()
        before = self.snapshot()
        for role in ("public", "portal", "internal", "biller", "sender"):
            self.login(self.users[role])
            for model, name in self.callable_methods():
                ids = [targets[model]] if model in targets else []
                for args in HOSTILE:
                    self.call(model, name, *ids, *args)
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
                ("account.move", "action_mailroom_send_selected"),
                ("mailroom.batch", "read", ["name"]),
                ("mailroom.batch.line", "read", ["recipients", "preview"]),
                ("mailroom.send", "action_send"),
                ("mailroom.send", "read", ["body", "preview"]),
            ):
                result = self.call(model, name, targets[model], *args)
                with self.subTest(role=role, method=f"{model}.{name}"):
                    self.assertIsInstance(result, Refused)

    def test_nobody_writes_by_hand_that_a_document_was_sent(self):
        order = self.create_order()
        self.login(self.sender)
        for claims in (
            {"mailroom_state": "sent"},
            {"mailroom_state": "not_sent"},
            {"mailroom_changed": False},
        ):
            self.assertRefused(self.call("sale.order", "write", order.ids, claims))
        values = {"partner_id": self.anna.id, "mailroom_state": "sent"}
        self.assertRefused(self.call("sale.order", "create", [values]))
        self.assertTrue(self.call("sale.order", "write", order.ids, {"note": "Hello"}))
        self.assertTrue(self.call("sale.order", "copy", order.ids))

    def test_the_programs_own_methods_cannot_be_called(self):
        self.login(self.admin)
        before = self.snapshot()
        for model, names in INTERNAL.items():
            for name in names:
                self.assertTrue(hasattr(self.env[model], name), name)
                with self.subTest(method=f"{model}.{name}"):
                    self.assertIsInstance(self.call(model, name, []), Refused)
        self.assertEqual(self.snapshot(), before)
