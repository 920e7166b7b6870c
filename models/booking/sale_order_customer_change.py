from odoo import api, models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    """What follows when an order is given to another customer: he neither hears of the
    machines of the first one, nor do the calendars of the staff name him."""

    _inherit = "sale.order"

    # === MACHINES === #

    @api.depends("partner_id")
    def _compute_mailroom_object_ids(self):
        """No customer is told of what belongs to another."""
        for order in self:
            order.mailroom_object_ids -= order._mailroom_foreign_objects()

    @api.constrains("partner_id", "mailroom_object_ids")
    def _check_mailroom_object_ids(self):
        for order in self:
            machine = order._mailroom_foreign_objects()[:1]
            if machine:
                raise ValidationError(
                    self.env._(
                        "%(machine)s belongs to %(owner)s, not to the customer of "
                        "%(order)s.",
                        machine=machine.display_name,
                        owner=machine.commercial_partner_id.display_name,
                        order=order.name,
                    )
                )

    def _mailroom_foreign_objects(self):
        """Return those of the machines that belong to another customer."""
        customer = self.partner_id._origin.commercial_partner_id
        return self.mailroom_object_ids.filtered(
            lambda machine: machine._origin.commercial_partner_id != customer
        )

    # === NAMES OF THE VISITS === #

    def write(self, vals):
        # EXTENDS 'sale': with the customer changes what the visits are called
        if "partner_id" not in vals:
            return super().write(vals)
        names = {order: order._mailroom_visit_name() for order in self}
        result = super().write(vals)
        for order, name in names.items():
            order._mailroom_rename_visits(name)
        return result

    def _mailroom_rename_visits(self, old):
        """Give visits that nobody called otherwise the name that fits now.

        :param str old: what they were called
        """
        # Whoever may change the order may rename its visits, a private one, too.
        visits = self.sudo().mailroom_booking_ids.filtered(lambda v: v.name == old)
        visits.write({"name": self._mailroom_visit_name()})
