"""What the tests of order stages share."""

from odoo.tests import Form

from .common import MailroomCommon


class StageCommon(MailroomCommon):
    """A seller, the shipped stages, and a confirmed order."""

    roles = ("sender", "manager", "editor")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.create_user(
            "seller", "sales_team.group_sale_salesman_all_leads"
        )
        cls.stages = cls.env["mailroom.stage"]
        cls.received = cls.env.ref("mailroom.stage_received")
        cls.unresolved = cls.env.ref("mailroom.stage_unresolved")
        cls.delivered = cls.env.ref("mailroom.stage_delivered")
        cls.delivered.mode = "send"
        cls.order = cls.create_order(confirmed=True)

    def move(self, orders, stage, **context):
        """Move orders as a seller does on the form or in a kanban."""
        orders = self.as_user(orders, self.seller).with_context(**context)
        orders.write({"mailroom_stage_id": stage.id})

    def change(self, orders, stage, **values):
        """Use "Change Stage" in the list."""
        orders = self.as_user(orders, self.seller)
        form = Form(
            orders.env["mailroom.stage.change"].with_context(
                active_model="sale.order", active_ids=orders.ids
            )
        )
        form.stage_id = stage.with_env(orders.env)
        for name, value in values.items():
            form[name] = value
        return form.save()

    def flush_tracking(self):
        """Let Odoo write down what it tracks, as it does before a commit."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.order.invalidate_recordset()
