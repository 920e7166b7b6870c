from odoo import fields, models
from odoo.exceptions import UserError

from .sale_order_work_order import KIND


class SaleOrder(models.Model):
    """The work is done and can be invoiced: who wants the work order gets it (B10)."""

    _inherit = "sale.order"

    mailroom_ready_on = fields.Datetime(
        "Ready for Invoicing On", readonly=True, copy=False, tracking=True
    )

    def action_mailroom_ready(self):
        """Say that the work is done; ask, or send the work order, as its contacts
        want it.

        :return: word of what became of the only work order, else None
        """
        self.check_access("write")
        self.mailroom_ready_on = fields.Datetime.now()
        return self._mailroom_fire_option(KIND)

    def action_mailroom_not_ready(self):
        """Take it back: the work goes on."""
        self.check_access("write")
        self.mailroom_ready_on = False
        self._mailroom_forget_option(KIND)
        return True

    def action_mailroom_work_order(self):
        """Open the dialog with the work order."""
        self.ensure_one()
        if self.state != "sale":
            raise UserError(
                self.env._("%s is no confirmed order: confirm it first.", self.name)
            )
        return self.with_context(mailroom_template_kind=KIND)._mailroom_dialog_action()

    def _mailroom_option_name(self):
        # EXTENDS 'mailroom.document'
        if self._mailroom_is_work_order():
            return "mailroom_send_work_order"
        return super()._mailroom_option_name()
