from .http_common import MailroomHttpCommon, Refused

ROLES = (
    "public",
    "portal",
    "internal",
    "biller",
    "sender",
    "editor",
    "manager",
    "admin",
)
STAFF = ("biller", "sender", "editor", "manager", "admin")
# read, write, create, unlink: who may, model by model
LOG = {role: "r" for role in STAFF}
DIALOG = {role: "rwcu" for role in STAFF}
GRID = {
    "mailroom.dispatch": LOG,
    "mailroom.dispatch.file": LOG,
    "mailroom.delivery": LOG,
    "mailroom.attempt": LOG,
    "mailroom.question": DIALOG,
    "mailroom.send": DIALOG,
    "mailroom.send.recipient": DIALOG,
    "mailroom.send.file": DIALOG,
    # Only the program makes and ends batches; a person changes who gets what.
    "mailroom.batch": {role: "rw" for role in STAFF},
    "mailroom.batch.line": {role: "rw" for role in STAFF},
    "mailroom.setting.log": {"manager": "r", "admin": "r"},
    "mailroom.settings": {"manager": "rwc", "admin": "rwc"},
}


class TestSecurityMatrix(MailroomHttpCommon):
    """Which role may do what to each model of ours (S1), as the table above says."""

    def own_models(self):
        return {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "mailroom" and not model._abstract
        }

    def test_every_model_has_a_line(self):
        self.assertEqual(self.own_models(), set(GRID), "add a line to GRID")

    def test_the_grid_is_what_each_role_may(self):
        self.order = self.create_order()
        self.send(self.order)
        self.run_queue()
        for role in ROLES:
            user = self.users[role]
            self.login(user)
            for model, grid in GRID.items():
                record = self.sample(model, user or self.env.ref("base.public_user"))
                allowed = "".join(
                    letter
                    for letter, call in self.operations(model, record)
                    if not self.is_refused(self.call(model, *call))
                )
                with self.subTest(role=role, model=model):
                    self.assertEqual(allowed, grid.get(role, ""))

    def operations(self, model, record):
        ids = record.ids
        return (
            ("r", ("search_count", [])),
            ("w", ("write", ids, {})),
            ("c", ("create", [{}])),
            ("u", ("unlink", ids)),
        )

    def is_refused(self, result):
        return isinstance(result, Refused) and result.for_lack_of_rights

    def sample(self, model, user):
        """Return a record of a model, one's own where it is a dialog."""
        dispatch = self.dispatches(self.order)[:1]
        logs = {
            "mailroom.dispatch": dispatch,
            "mailroom.dispatch.file": dispatch.file_ids,
            "mailroom.delivery": dispatch.delivery_ids,
            "mailroom.attempt": dispatch.delivery_ids.attempt_ids,
        }
        if model in logs:
            return logs[model][:1]
        if model in ("mailroom.batch", "mailroom.batch.line"):
            batch = self.batch_of(user)
            return batch.line_ids[:1] if model.endswith("line") else batch
        if model == "mailroom.setting.log":
            return self.env[model].create(
                {"subject": "x", "setting": "x", "company_id": self.company.id}
            )
        if model == "mailroom.settings":
            may = user.has_group("mailroom.mailroom_group_manager")
            settings = self.as_user(self.env[model], user if may else self.manager)
            return settings.create({"company_id": self.company.id})
        if model == "mailroom.question":
            questions = self.env[model].with_user(user).sudo()
            return questions.create(
                {"res_model": "sale.order", "res_id": self.order.id}
            )
        dialog = self.dialog_of(user)
        parts = {
            "mailroom.send.recipient": dialog.recipient_ids,
            "mailroom.send.file": dialog.file_ids,
        }
        return parts.get(model, dialog)

    def batch_of(self, user):
        """Return a batch of a user, whether he may make one or not."""
        return self.order.with_user(user).sudo().env["mailroom.batch"]._make(self.order)

    def dialog_of(self, user):
        """Return a dialog that a user has opened, whether he may or not."""
        return (
            self.env["mailroom.send"]
            .with_user(user)
            .sudo()
            .create(
                {
                    "res_model": "sale.order",
                    "res_id": self.order.id,
                    "lang": "en_US",
                    "subject": "Hello",
                    "recipient_ids": [(0, 0, {"name": "Anna", "email": "a@b.test"})],
                    "file_ids": [(0, 0, {"name": "File"})],
                }
            )
        )
