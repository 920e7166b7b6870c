"""What the tests of service protocols share."""

import base64
import io

from PIL import Image

from odoo.fields import Command

from .question_common import QuestionCommon


def png(color="red", size=(40, 20)):
    """Return a small picture as a browser sends it: PNG, base64."""
    stream = io.BytesIO()
    Image.new("RGB", size, color).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


class ProtocolCommon(QuestionCommon):
    """An order at work and its service protocols."""

    @classmethod
    def create_protocol(cls, order=None, done=False, user=None, **values):
        """Create a protocol of an order as the sender.

        :param done: mark it as done, without asking anything
        """
        order = order or cls.create_order(confirmed=True)
        protocols = cls.as_user(cls.env["mailroom.protocol"], user or cls.sender)
        protocol = protocols.create(
            {
                "order_id": order.id,
                "visit_start": "2026-10-05 07:00:00",
                "visit_stop": "2026-10-05 10:00:00",
                "work_done": "<p>Cleaned the filter</p>",
                **values,
            }
        )
        if done:
            protocol.action_done()
        return protocol

    @classmethod
    def check_values(cls, name="Pressure", result="ok", **values):
        """Return the command that adds a checked point."""
        return Command.create({"name": name, "result": result, **values})

    def option(self, partner, option):
        """Set what a contact wants to happen with service protocols."""
        partner.mailroom_send_protocol = option

    def press_done(self, protocol, user=None):
        """Press "Mark as Done" as a user; return the question, empty when there is
        none."""
        self.as_user(protocol, user or self.sender).action_done()
        return self.question(protocol, user)
