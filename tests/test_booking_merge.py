from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestBookingMerge(MailroomCommon):
    """Customers that were typed in twice, with their machines, become one."""

    roles = ("sender",)

    def test_machines_with_the_same_number_become_one(self):
        double = self.env["res.partner"].create(
            {"name": "Kund AB", "is_company": True, "email": self.customer.email}
        )
        machines = self.env["mailroom.service.object"].create(
            [
                {"name": name, "number": number, "partner_id": partner.id}
                for name, number, partner in (
                    ("Boiler", "1", self.customer),
                    ("Pump", "2", self.customer),
                    ("Boiler, old", "1", double),
                    ("Fan", "3", double),
                )
            ]
        )
        boiler, pump, old, fan = machines
        order = self.create_order(
            confirmed=True,
            partner_id=double.id,
            mailroom_object_ids=[Command.set((old | fan).ids)],
        )
        protocol = self.env["mailroom.protocol"].create({"order_id": order.id})
        self.assertEqual(protocol.object_ids, old | fan)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | double).ids, self.customer
        )
        self.env.invalidate_all()
        self.assertFalse(double.exists())
        self.assertEqual(order.mailroom_object_ids, boiler | fan)
        self.assertEqual(protocol.object_ids, boiler | fan)
        self.assertFalse(old.active)
        self.assertEqual((boiler | pump | fan).partner_id, self.customer)
