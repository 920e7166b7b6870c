from odoo import api, fields, models


class SaleOrder(models.Model):
    """The stage of an order, beside the state that Odoo keeps."""

    _inherit = "sale.order"

    mailroom_stage_id = fields.Many2one(
        "mailroom.stage",
        "Stage",
        copy=False,
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        group_expand="_read_group_mailroom_stages",
        check_company=True,
    )

    @api.model
    def _read_group_mailroom_stages(self, stages, domain):
        """Show all stages of the user's companies as columns, empty ones too."""
        return stages.search([("company_id", "in", [False, *self.env.companies.ids])])

    def _prepare_confirmation_values(self):
        # EXTENDS 'sale': a confirmed order is received
        values = super()._prepare_confirmation_values()
        received = self.env["mailroom.stage"]._builtin("received")
        if received:
            values["mailroom_stage_id"] = received.id
        return values

    def _mailroom_needs_person(self, reason):
        """Put confirmed orders where somebody looks at them.

        :param str reason: in words, for the history of the orders
        """
        stage = self.env["mailroom.stage"]._builtin("unresolved")
        # A customer's answer or a failed message decides this, not the rights of
        # whoever is at the other end.
        orders = self.sudo().filtered(
            lambda order: order.state == "sale" and order.mailroom_stage_id != stage
        )
        if not stage or not orders:
            return
        for order in orders:
            order.mailroom_stage_id = stage
        orders._message_log_batch(bodies={order.id: reason for order in orders})
