from odoo import models

from ...const import LOST


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
                delivery._document()._mailroom_needs_person(
                    self.env._(
                        "The message to %(address)s failed: %(why)s",
                        address=delivery.address,
                        why=delivery.words,
                    )
                )
        return result
