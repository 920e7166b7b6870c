"""What the tests of rules share."""

from odoo.fields import Command

from ..tools.plan import Wishes
from .common import MailroomCommon


class RuleCommon(MailroomCommon):
    """A stage as a rule, with a text of its own, and a confirmed order."""

    roles = ("sender", "internal", "manager", "editor")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Delivered",
                "mailroom_kind": "order_stage",
                "mailroom_company_id": cls.company.id,
                "mailroom_subject": "Delivered {Number}",
                "mailroom_body": "<p>Your order {Number} was delivered.</p>",
            }
        )
        cls.stage = cls.env["mailroom.stage"].create(
            {
                "name": "Out of the Door",
                "mode": "send",
                "template_ids": [Command.set(cls.template.ids)],
            }
        )
        cls.order = cls.create_order(confirmed=True)

    def fire(self, orders, user=None, context=None, **options):
        """Let the rule of the stage fire, as a user's own step does."""
        sudo = orders.env.su and user is not None
        orders = self.as_user(orders, user or self.sender).sudo(sudo)
        orders = orders.with_context(**(context or {}))
        return orders.env["mailroom.automation"]._fire(
            orders, self.stage, Wishes(), templates=self.template, **options
        )

    def firing(self, document):
        return self.env["mailroom.firing"].search(
            [("res_model", "=", document._name), ("res_id", "=", document.id)]
        )

    def notes(self, document):
        """Return the history of a document as text."""
        return "\n".join(str(body) for body in document.message_ids.mapped("body"))
