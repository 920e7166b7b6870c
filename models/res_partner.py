from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    mailroom_notify_email = fields.Boolean(
        "Notify by Email",
        help="This person is proposed whenever a document of the customer is sent.",
    )
    mailroom_notify_sms = fields.Boolean(
        "Notify by SMS",
        help="This person is proposed whenever a text message about a document of the "
        "customer is sent.",
    )
    mailroom_about_orders = fields.Boolean("About Quotations and Orders", default=True)
    mailroom_about_invoices = fields.Boolean("About Invoices", default=True)
    mailroom_about_reminders = fields.Boolean("About Reminders", default=True)
    mailroom_about_bookings = fields.Boolean("About Bookings", default=True)
    mailroom_about_protocols = fields.Boolean("About Service Protocols", default=True)
    mailroom_anybody_notified = fields.Boolean(
        "Somebody Is Notified",
        compute="_compute_mailroom_anybody_notified",
        search="_search_mailroom_anybody_notified",
        help="At least one contact of this customer gets his messages by itself.",
    )

    def _mailroom_wants(self, topic):
        """Return whether this contact asked to be notified by email about a topic.

        :param str topic: orders, invoices, reminders, bookings or protocols
        """
        self.ensure_one()
        field = f"mailroom_about_{topic}"
        return self.mailroom_notify_email and (field not in self._fields or self[field])

    @api.model
    def _mailroom_notified_domain(self):
        return Domain("mailroom_notify_email", "=", True) | Domain(
            "mailroom_notify_sms", "=", True
        )

    def _compute_mailroom_anybody_notified(self):
        groups = self._read_group(
            Domain("commercial_partner_id", "in", self.commercial_partner_id.ids)
            & self._mailroom_notified_domain(),
            ["commercial_partner_id"],
        )
        notified = {partner.id for (partner,) in groups}
        for partner in self:
            partner.mailroom_anybody_notified = (
                partner.commercial_partner_id.id in notified
            )

    def _search_mailroom_anybody_notified(self, operator, value):
        if operator != "in":
            return NotImplemented
        query = self._search(self._mailroom_notified_domain())
        customers = Domain(
            "commercial_partner_id.id",
            "in",
            self.browse(query).commercial_partner_id.ids,
        )
        return customers if True in value else ~customers
