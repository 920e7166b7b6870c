from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class BookingAnswerCommon(HttpCase, MailroomCommon):
    """A visit that Anna was told of, her link, and a browser without a login."""

    registry_test_mode = True
    roles = ("sender", "internal")

    def setUp(self):
        super().setUp()
        self.order = self.create_order(confirmed=True)
        self.visit = self.create_visit()
        self.send_confirmation()

    def create_visit(self, days=3, order=None):
        start = fields.Datetime.now() + timedelta(days=days)
        return self.env["calendar.event"].create(
            {
                "name": "Visit",
                "mailroom_order_id": (order or self.order).id,
                "mailroom_technician_ids": [Command.set(self.internal.ids)],
                "start": start,
                "stop": start + timedelta(hours=2),
            }
        )

    def send_confirmation(self):
        self.as_user(self.order, self.sender).mailroom_booking_send()
        self.run_queue()
        self.delivery = self.dispatches(self.order)[:1].delivery_ids
        self.url = self.visit._mailroom_answer_url(self.delivery)
        self.path = "/" + self.url.split("/", 3)[3]

    def answer(self, answer, path=None, **values):
        """Press a button of the page, as a browser does, and return what it shows."""
        seen = self.visit._mailroom_version()
        result = self.url_open(
            path or self.path, data={"answer": answer, "seen": seen, **values}
        )
        self.env.invalidate_all()
        return result

    def state(self):
        self.env.invalidate_all()
        return (self.visit.mailroom_visit_state, self.visit.mailroom_answer_note or "")
