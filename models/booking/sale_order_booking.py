from odoo import api, fields, models

from ...const import BOOKING_STATES


class SaleOrder(models.Model):
    """Who comes to the customer, when, and what for."""

    _inherit = "sale.order"

    mailroom_booking_ids = fields.One2many(
        "calendar.event",
        "mailroom_order_id",
        "Booked",
        context={"active_test": False},
        copy=False,
        help="Visits to the customer. They stand in the technicians' calendars, too.",
    )
    mailroom_contact_id = fields.Many2one(
        "res.partner",
        "Contact Person",
        compute="_compute_mailroom_contact_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index="btree_not_null",
        help="Who hears of visits, and is proposed when the order is sent.",
    )
    mailroom_order_type_id = fields.Many2one(
        "mailroom.order.type",
        "Order Type",
        check_company=True,
        ondelete="restrict",
        help="Decides which booking confirmation the customer gets.",
    )
    mailroom_object_ids = fields.Many2many(
        "mailroom.service.object",
        "mailroom_service_object_sale_order_rel",
        "order_id",
        "object_id",
        "Service Objects",
        compute="_compute_mailroom_object_ids",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        help="The machines that the work is about.",
    )
    mailroom_booking_state = fields.Selection(
        BOOKING_STATES,
        "Booking Told to Customer",
        compute="_compute_mailroom_booking_state",
        store=True,
        copy=False,
        groups="base.group_user",
        help="What became of the newest message about the visits. Empty: there was "
        "none, and no visit is to come.",
    )
    mailroom_booking_changed = fields.Boolean(
        "Booking Changed Since Told",
        compute="_compute_mailroom_booking_changed",
        store=True,
        copy=False,
        groups="base.group_user",
        help="A visit was added, moved or cancelled after the customer last heard.",
    )

    @api.depends("partner_id")
    def _compute_mailroom_contact_id(self):
        for order in self:
            order.mailroom_contact_id = order.partner_id.filtered(
                lambda partner: not partner.is_company
            )

    def _action_cancel(self):
        # EXTENDS 'sale': nobody goes to a customer for an order that is off
        result = super()._action_cancel()
        for order in self:
            # Whoever may cancel the order may call its visits off, a private one, too.
            order._mailroom_visits().action_mailroom_cancel()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mailroom_visits(self):
        # Nor does a private visit outlive the order it was booked for.
        self.sudo().mailroom_booking_ids.unlink()

    # === WHOM TO SEND TO === #

    def _mailroom_partners(self):
        # EXTENDS: the contact person of the order before its customer
        partners = super()._mailroom_partners()
        contact = self.mailroom_contact_id
        return [("contact", contact), *partners] if contact else partners

    def _mailroom_contact(self):
        # EXTENDS: whom somebody has chosen as the contact person of the order
        chosen = self.mailroom_contact_id - self.partner_id
        return chosen or super()._mailroom_contact()

    # === THE VISITS === #

    def _mailroom_visit_name(self):
        """Return what a visit is called in the calendars of the staff."""
        return f"{self.name} {self.partner_id.commercial_partner_id.name or ''}".strip()

    def _mailroom_visits(self, upcoming=True):
        """Return the bookings that stand, the next one first.

        :param bool upcoming: only those that are not over
        """
        # Whoever may read the order may tell its customer of the visits, also of one
        # that a technician keeps as private in his own calendar.
        visits = self.sudo().mailroom_booking_ids.filtered("active")
        if upcoming:
            visits = visits.filtered(lambda visit: not visit._mailroom_is_over())
        return visits.sorted(lambda visit: (visit._mailroom_span()[0], visit.id))

    def _mailroom_place(self):
        """Return the delivery address in one line: where the technicians go."""
        # Whoever may read the order may know where the work is done.
        facility = self.sudo().partner_shipping_id
        lines = [facility.name or "", *facility._mailroom_address().splitlines()]
        return ", ".join(" ".join(line.split()) for line in lines if line.strip())
