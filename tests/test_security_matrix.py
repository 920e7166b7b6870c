from .http_common import MailroomHttpCommon, Refused
from .security_samples import SecuritySamples

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
MANAGED = {"manager": "rwcu", "admin": "rwcu"}
# Lists that the editors of texts keep, and everybody takes from
SHARED = {
    **{role: "r" for role in ("biller", "sender")},
    **dict.fromkeys(STAFF[2:], "rwcu"),
}
GRID = {
    "mailroom.dispatch": LOG,
    "mailroom.dispatch.file": LOG,
    "mailroom.delivery": LOG,
    "mailroom.attempt": LOG,
    "mailroom.checklist": SHARED,
    "mailroom.checklist.line": SHARED,
    "mailroom.protocol": {**DIALOG, "portal": "r"},
    "mailroom.protocol.check": DIALOG,
    "mailroom.protocol.material": DIALOG,
    "mailroom.protocol.picture": DIALOG,
    "mailroom.firing": {"manager": "r", "admin": "r"},
    "mailroom.question": DIALOG,
    "mailroom.send": DIALOG,
    "mailroom.send.recipient": DIALOG,
    "mailroom.send.file": DIALOG,
    "mailroom.gateway": MANAGED,
    "mailroom.gateway.test": {"manager": "rwc", "admin": "rwc"},
    "mailroom.optout": {**LOG, **MANAGED},
    # Everybody who sees orders sees their stages; mail managers set them up.
    "mailroom.stage": {
        **dict.fromkeys(("internal", *STAFF), "r"),
        "manager": "rwcu",
        "admin": "rwcu",
    },
    "mailroom.stage.change": dict.fromkeys(STAFF, "rwc"),
    "mailroom.stage.change.line": DIALOG,
    "mailroom.stage.delete": {"manager": "rwc", "admin": "rwc"},
    # Only the program makes and ends batches; a person changes who gets what.
    "mailroom.batch": {role: "rw" for role in STAFF},
    "mailroom.batch.line": {role: "rw" for role in STAFF},
    "mailroom.order.type": {
        **dict.fromkeys(("internal", *STAFF), "r"),
        "manager": "rwcu",
        "admin": "rwcu",
    },
    "mailroom.service.object": {
        **dict.fromkeys(("internal", *STAFF), "r"),
        "sender": "rwc",
        "manager": "rwcu",
        "admin": "rwcu",
    },
    "mailroom.setting.log": {"manager": "r", "admin": "r"},
    "mailroom.settings": {"manager": "rwc", "admin": "rwc"},
}


class TestSecurityMatrix(SecuritySamples, MailroomHttpCommon):
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
