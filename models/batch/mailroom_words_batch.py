from odoo import models


class MailroomWordsBatch(models.AbstractModel):
    """A message that waits because its batch does."""

    _inherit = "mailroom.words"

    def _state_queued(self, delivery):
        # EXTENDS
        return self._paused_batch(delivery) or super()._state_queued(delivery)

    def _state_deferred(self, delivery):
        # EXTENDS
        return self._paused_batch(delivery) or super()._state_deferred(delivery)

    def _paused_batch(self, delivery):
        # Who sees the message may know the name of its batch.
        batch = delivery.sudo().batch_id
        if batch.state != "paused":
            return ""
        return self.env._("Waiting: the batch “%s” is paused.", batch.name)
