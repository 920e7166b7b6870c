from odoo import fields, models

OPTIONS = [("no", "No"), ("ask", "Ask"), ("auto", "By Itself")]


class ResPartner(models.Model):
    """What a contact wants to get when work begins and when it is done."""

    _inherit = "res.partner"

    mailroom_send_work_order = fields.Selection(
        OPTIONS,
        string="Send Work Order",
        help="What happens when a work order is ready. Empty: as the company of the "
        "contact has it, else nothing.",
    )
    mailroom_send_protocol = fields.Selection(
        OPTIONS,
        string="Send Service Protocol",
        help="What happens when a service protocol is marked as done. Empty: as the "
        "company of the contact has it, else nothing.",
    )

    def _mailroom_option(self, name):
        """Return an option of this contact, else of the company it belongs to.

        :param str name: mailroom_send_work_order or mailroom_send_protocol
        :return: no, ask or auto; empty when nobody has said anything
        :rtype: str
        """
        partner = self[:1]
        # People may stand below a facility, which stands below the customer.
        while partner and not partner[name]:
            partner = partner.parent_id
        return partner[name] or ""

    def _mailroom_marked_for(self, name):
        """Return whether this very contact is to get such papers; the option of a whole
        company is what its contacts inherit.

        :param str name: mailroom_send_work_order or mailroom_send_protocol
        """
        self.ensure_one()
        return self[name] in ("ask", "auto") and not self.is_company
