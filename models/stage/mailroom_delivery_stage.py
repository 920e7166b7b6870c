import logging

from odoo import models
from odoo.exceptions import UserError

from ...const import LOST

_logger = logging.getLogger(__name__)


class MailroomDeliveryStage(models.Model):
    """An order whose message failed for good needs a person."""

    _inherit = "mailroom.delivery"

    def _tell_documents(self):
        # EXTENDS
        result = super()._tell_documents()
        for delivery in self:
            if (
                delivery.state in LOST
                and not delivery.superseded
                and delivery.dispatch_id.res_model == "sale.order"
            ):
                delivery._say_that_order_needs_person()
        return result

    def _say_that_order_needs_person(self):
        """Move the order; whatever keeps it from moving keeps nobody from learning
        what became of messages."""
        reason = self.env._(
            "The message to %(address)s failed: %(why)s",
            address=self.address,
            why=self.words,
        )
        try:
            with self.env.cr.savepoint():
                self._document()._mailroom_needs_person(reason)
        except UserError as error:
            _logger.warning("mailroom.stage delivery=%s: %s", self.id, error)
