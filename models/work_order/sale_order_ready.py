from odoo import fields, models
from odoo.exceptions import UserError

from .sale_order_work_order import KIND

OPTION = "mailroom_send_work_order"
WANTED = ("ask", "auto")


class SaleOrder(models.Model):
    """The work is done and can be invoiced: who wants the work order gets it (B10)."""

    _inherit = "sale.order"

    mailroom_ready_on = fields.Datetime(
        "Ready for Invoicing On", readonly=True, copy=False, tracking=True
    )

    def action_mailroom_ready(self):
        """Say that the work is done; ask, or send the work order, as its contacts
        want it."""
        self.check_access("write")
        self.mailroom_ready_on = fields.Datetime.now()
        asked = [order for order in self if order._mailroom_work_order_mode() == "ask"]
        for order in self:
            if order._mailroom_work_order_mode() == "auto":
                asked += order._mailroom_send_work_order()
        return asked[0]._mailroom_ask_work_order() if len(asked) == 1 else True

    def action_mailroom_not_ready(self):
        """Take it back: the work goes on."""
        self.check_access("write")
        self.mailroom_ready_on = False
        return True

    def action_mailroom_work_order(self):
        """Open the dialog with the work order."""
        self.ensure_one()
        if self.state != "sale":
            raise UserError(
                self.env._("%s is no confirmed order: confirm it first.", self.name)
            )
        return self.with_context(
            mailroom_template_kind=KIND,
            mailroom_partner_ids=self._mailroom_work_order_partners().ids,
        )._mailroom_dialog_action()

    # === WHO WANTS IT === #

    def _mailroom_work_order_partners(self):
        """Return who gets the work order: contacts of the customer or the facility that
        are marked for it, else the order's contact if his company is."""
        people = self.env["res.partner"]
        for person in self._mailroom_people():
            people |= person.partner
        marked = people.filtered(lambda p: not p.is_company and p[OPTION] in WANTED)
        if marked:
            return marked.filtered("email")
        wanting = (self.mailroom_contact_id | self.partner_id).filtered(
            lambda p: p.email and p._mailroom_option(OPTION) in WANTED
        )
        return wanting[:1]

    def _mailroom_work_order_mode(self):
        """Return whether the work order is sent: no, ask or auto."""
        self.ensure_one()
        modes = {
            partner._mailroom_option(OPTION)
            for partner in self._mailroom_work_order_partners()
        }
        return next((mode for mode in ("auto", "ask") if mode in modes), "no")

    def _mailroom_ask_work_order(self):
        partners = self._mailroom_work_order_partners()
        return self.env["mailroom.question"]._ask(
            self,
            KIND,
            self.env._(
                "%(order)s is ready for invoicing. Send the work order to %(whom)s?",
                order=self.name,
                whom=", ".join(partner.name or partner.email for partner in partners),
            ),
            partners,
        )

    def _mailroom_send_work_order(self):
        """Send the work order by itself.

        :return: the order, when a person must look at it first; else nothing
        """
        question = self.env["mailroom.question"]
        partners = self._mailroom_work_order_partners()
        plan = question._plan_for(self, KIND, partners)
        plan.rule = self.env._("Send work order: by itself")
        plan.origin = "rule"
        if plan.blocked:
            return self
        self.env["mailroom.dispatch"]._send([plan])
        return self.browse()
