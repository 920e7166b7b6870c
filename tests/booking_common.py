"""What the tests of bookings share."""

from datetime import datetime, time, timedelta

import pytz

from odoo import fields
from odoo.fields import Command

from ..tools.plan import Wishes

ZONE = "Europe/Stockholm"


class BookingCommon:
    """Mixin for tests: the technicians Kim Ek and Lea Öst, a facility, visits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mailroom_tz = ZONE
        cls.kim, cls.lea = (
            cls.create_user(login, "base.group_user") for login in ("kim", "lea")
        )
        cls.kim.name, cls.lea.name = "Kim Ek", "Lea Öst"
        cls.facility = cls.env["res.partner"].create(
            {
                "name": "Kvarteret Björken",
                "type": "delivery",
                "parent_id": cls.customer.id,
                "street": "Björkvägen 22",
                "zip": "903 39",
                "city": "Umeå",
                "country_id": cls.env.ref("base.se").id,
            }
        )

    @classmethod
    def create_booked_order(cls, lang="en_US", **values):
        """Create a confirmed order of Anna, to be done at the facility."""
        return cls.create_order(
            confirmed=True,
            **{
                "partner_shipping_id": cls.facility.id,
                "invoice_lang": lang,
                "client_order_ref": "PO 7",
                **values,
            },
        )

    @classmethod
    def at(cls, days, hour, minute=0, zone=ZONE):
        """Return the moment in UTC at which a clock shows a time, some days ahead."""
        now = pytz.utc.localize(fields.Datetime.now()).astimezone(pytz.timezone(zone))
        day = now.date() + timedelta(days=days)
        local = pytz.timezone(zone).localize(datetime.combine(day, time(hour, minute)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @classmethod
    def book(cls, order, days=3, hour=7, hours=3, who=None, user=None, **values):
        """Book a visit of Kim from seven to ten in three days."""
        start = cls.at(days, hour)
        who = cls.kim if who is None else who
        events = cls.env["calendar.event"]
        if user:
            events = cls.as_user(events, user)
        return events.create(
            {
                "mailroom_order_id": order.id,
                "mailroom_technician_ids": [Command.set(who.ids)],
                "start": start,
                "stop": start + timedelta(hours=hours),
                **values,
            }
        )

    @classmethod
    def move(cls, visit, **period):
        """Move a visit."""
        visit.write(
            {
                "start": visit.start + timedelta(**period),
                "stop": visit.stop + timedelta(**period),
            }
        )

    def tell(self, order, user=None):
        """Answer "Send" to the question after saving; return the message."""
        self.as_user(order, user or self.sender).mailroom_booking_send()
        return self.booking_messages(order)[:1]

    def booking_messages(self, order):
        """Return the dispatches about visits, newest first."""
        return self.dispatches(order).filtered(lambda d: d.purpose == "booking")

    def ask(self, order, user=None):
        """Return what a user is asked after saving."""
        return self.as_user(order, user or self.sender).mailroom_booking_question()

    def template(self, name):
        """Return a shipped template."""
        return self.env.ref(f"mailroom.template_booking_{name}")

    def plan_booking(self, order, **wishes):
        """Return the plans of a booking confirmation, as the sender has them."""
        order = self.as_user(order, self.sender)
        wishes = Wishes(template=self.template("confirmation_en"), **wishes)
        return order.env["mailroom.planner"]._plan(order, wishes)
