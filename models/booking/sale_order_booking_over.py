from odoo import api, fields, models
from odoo.fields import Domain


class SaleOrder(models.Model):
    """What time alone changes: of a visit that is over nobody has to hear."""

    _inherit = "sale.order"

    @api.model
    def _mailroom_visits_over(self):
        """Bring up to date what lists and filters show of orders that were red, and of
        which a visit has ended. Entry of a cron."""
        red = Domain("mailroom_booking_state", "=", "not_confirmed")
        red |= Domain("mailroom_booking_changed", "=", True)
        over = Domain("mailroom_booking_ids.stop", "<=", fields.Datetime.now())
        orders = self.with_context(active_test=False).search(red & over)
        for name in ("mailroom_booking_state", "mailroom_booking_changed"):
            self.env.add_to_compute(self._fields[name], orders)
