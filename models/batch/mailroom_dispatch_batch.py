from odoo import fields, models


class MailroomDispatchBatch(models.Model):
    """Messages that belong to a batch, and tell it what became of them."""

    _inherit = "mailroom.dispatch"

    batch_id = fields.Many2one(
        "mailroom.batch", readonly=True, index="btree_not_null", ondelete="set null"
    )

    def _prepare_dispatch_values(self, plan):
        # EXTENDS
        batch = plan.batch.id if plan.batch else False
        return {**super()._prepare_dispatch_values(plan), "batch_id": batch}

    def _prepare_delivery_values(self, plan, recipient, dedup_key):
        # EXTENDS
        values = super()._prepare_delivery_values(plan, recipient, dedup_key)
        return {**values, "batch_id": self.batch_id.id}

    def _refresh_documents(self):
        # EXTENDS: the batch learns with the document
        result = super()._refresh_documents()
        batched = self.filtered("batch_id")
        if batched:
            batched |= batched.carried_ids
            # Whoever changes a message changes what its batch says, too.
            lines = self.env["mailroom.batch.line"].sudo()
            known = [("dispatch_id", "in", batched.ids), ("result", "!=", "todo")]
            news = lines.search(known)._learn()
            news.batch_id._announce()
        return result
