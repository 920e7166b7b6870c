from odoo import models


class MailroomStagePreview(models.Model):
    """What a stage would send, before orders are moved there."""

    _inherit = "mailroom.stage"

    def _preview(self, orders):
        """Return what would become of orders that are moved here.

        :return: ``{order: (outcome, words)}``; outcome is leaves, nothing, told, there,
            nobody or refused
        :rtype: dict
        """
        self.ensure_one()
        there = orders.filtered(lambda order: order.mailroom_stage_id == self)
        result = dict.fromkeys(there, ("there", ""))
        moving = orders - there
        if self.mode == "nothing":
            return result | dict.fromkeys(moving, ("nothing", ""))
        served = self._already_served(moving)
        result |= dict.fromkeys(served, ("told", ""))
        return result | self._preview_messages(moving - served)

    def _already_served(self, orders):
        """Return the orders that were told of this stage before."""
        rules = self.env["mailroom.automation"]
        # Only whether it was is looked up, of orders the user moves.
        served = (
            self.env["mailroom.firing"].sudo()._served(orders, rules._rule_key(self))
        )
        return orders.filtered(lambda order: order.id in served)

    def _preview_messages(self, orders):
        rules = self.env["mailroom.automation"]
        templates = self._templates()
        if not templates:
            why = self.env._("The stage has no template any more.")
            return dict.fromkeys(orders, ("refused", why))
        result = {}
        behalf = rules._on_behalf(orders) if orders else orders
        for plan in rules._plans(behalf, self._wishes(), templates):
            state, words = rules._verdict(plan)
            whom = ", ".join(recipient.address for recipient in plan.recipients)
            order = orders.browse(plan.document.id)
            result[order] = (state or "leaves", words or whom)
        return result
