from odoo import api, fields, models
from odoo.exceptions import UserError


class MailroomStageDelete(models.TransientModel):
    """Where the orders of a stage go before it is deleted."""

    _name = "mailroom.stage.delete"
    _description = "Delete an order stage"

    stage_id = fields.Many2one(
        "mailroom.stage", "Delete", required=True, readonly=True, ondelete="cascade"
    )
    order_count = fields.Integer("Orders There", compute="_compute_order_count")
    target_id = fields.Many2one(
        "mailroom.stage",
        "Its Orders Go To",
        domain="[('id', '!=', stage_id)]",
        ondelete="cascade",
        help="Empty: they have no stage then. Nothing is sent.",
    )

    def _orders(self):
        """Return the orders of the stage, those of other users and companies too."""
        # Only counted and moved away from a stage that its manager deletes.
        orders = self.env["sale.order"].sudo().with_context(active_test=False)
        return orders.search([("mailroom_stage_id", "=", self.stage_id.id)])

    @api.depends("stage_id")
    def _compute_order_count(self):
        for wizard in self:
            wizard.order_count = len(wizard._orders())

    def action_delete(self):
        """Move the orders without a word to anybody, and delete the stage."""
        self.ensure_one()
        self.stage_id.check_access("unlink")
        self.target_id.check_access("read")
        orders = self._orders()
        foreign = orders.company_id - self.env.companies
        if foreign:
            raise UserError(
                self.env._(
                    "Orders of %s are at this stage, too. Switch to all these "
                    "companies first, or ask an administrator.",
                    ", ".join(foreign.mapped("name")),
                )
            )
        orders.with_context(mailroom_quiet=True).write(
            {"mailroom_stage_id": self.target_id.id}
        )
        self.stage_id.unlink()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mailroom.mailroom_stage_action"
        )
        return {**action, "target": "main"}
