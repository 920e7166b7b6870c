from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

STOPPED = ("paused", "cancelled")


class MailroomDeliveryBatch(models.Model):
    """A paused or cancelled batch holds back its messages at the moment of the claim:
    not one more leaves, however many are in the outbox."""

    _inherit = "mailroom.delivery"

    batch_id = fields.Many2one(
        "mailroom.batch", readonly=True, index="btree_not_null", ondelete="set null"
    )

    # "Did mail to this address come back?", asked for every line of a batch
    _lost_address_idx = models.Index("(address) WHERE state IN ('failed', 'bounced')")

    @api.model
    def _due_domain(self, accounts):
        # EXTENDS
        return super()._due_domain(accounts) & (
            Domain("batch_id", "=", False) | Domain("batch_id.state", "not in", STOPPED)
        )

    @api.model
    def _claim_condition(self):
        # EXTENDS: asked once for all rows, not for each
        return SQL(
            """%s AND (batch_id IS NULL OR batch_id <> ALL (ARRAY(
                       SELECT id FROM mailroom_batch
                        WHERE state IN %s AND finished_at IS NULL)))""",
            super()._claim_condition(),
            STOPPED,
        )

    def _prepare_resend_values(self, reason):
        # EXTENDS
        return {
            **super()._prepare_resend_values(reason),
            "batch_id": self.batch_id.id,
        }
