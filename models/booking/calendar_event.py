import uuid

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CalendarEvent(models.Model):
    """A booking: an event of the calendar that belongs to an order. Its attendees are
    the technicians; the customer is told by Mailroom and is no attendee."""

    _inherit = "calendar.event"

    mailroom_order_id = fields.Many2one(
        "sale.order",
        "Order",
        index="btree_not_null",
        ondelete="set null",
        help="The visit is booked for this order; its customer is told by Mailroom.",
    )
    mailroom_company_id = fields.Many2one(
        related="mailroom_order_id.company_id",
        store=True,
        index="btree_not_null",
        string="Company of the Order",
    )
    mailroom_technician_ids = fields.Many2many(
        "res.users",
        string="Technicians",
        compute="_compute_mailroom_technician_ids",
        inverse="_inverse_mailroom_technician_ids",
        domain="[('share', '=', False)]",
        help="Who comes: the members of the staff among the attendees.",
    )
    mailroom_visit_state = fields.Selection(
        [
            ("planned", "Planned"),
            ("confirmed", "Confirmed by the customer"),
            ("declined", "Declined by the customer"),
            ("asked", "Customer asks for another time"),
            ("cancelled", "Cancelled"),
        ],
        "Visit",
        default="planned",
        required=True,
        copy=False,
    )
    mailroom_answer_note = fields.Text("Customer's Note", readonly=True, copy=False)
    mailroom_answered_at = fields.Datetime("Answered On", readonly=True, copy=False)
    mailroom_uid = fields.Char(
        default=lambda self: f"{uuid.uuid4()}@mailroom",
        readonly=True,
        copy=False,
        help="Names the visit in calendar files, however often it is moved.",
    )
    mailroom_sequence = fields.Integer(readonly=True, copy=False)

    # === TECHNICIANS === #

    @api.depends("partner_ids")
    def _compute_mailroom_technician_ids(self):
        for event in self:
            event.mailroom_technician_ids = event._mailroom_staff()

    def _mailroom_staff(self):
        """Return the users among the attendees who belong to the staff."""
        # Who comes is no secret; a colleague of another company may come, too.
        partners = self.sudo().partner_ids.with_context(active_test=False)
        return partners.user_ids.filtered(lambda user: not user.share).sudo(False)

    def _inverse_mailroom_technician_ids(self):
        for event in self:
            others = event.partner_ids - event._mailroom_staff().partner_id
            technicians = event.mailroom_technician_ids.partner_id
            event.partner_ids = others | technicians

    @api.constrains("partner_ids", "mailroom_order_id")
    def _check_mailroom_attendees(self):
        for event in self.filtered("mailroom_order_id"):
            order = event.sudo().mailroom_order_id
            customers = order._mailroom_other_customers()
            staff = event._mailroom_staff().partner_id
            for partner in event.sudo().partner_ids - staff:
                if partner.commercial_partner_id in customers:
                    raise ValidationError(
                        self.env._(
                            "%(partner)s is the customer of %(order)s and cannot be "
                            "an attendee of the visit. Take %(partner)s off the "
                            "attendees; the booking confirmation tells him instead.",
                            partner=partner.display_name,
                            order=order.name,
                        )
                    )

    # === CREATE === #

    @api.model
    def default_get(self, fields):
        # EXTENDS 'calendar': whoever plans a visit does not go there himself
        defaults = super().default_get(fields)
        context = self.env.context
        if context.get("default_mailroom_order_id") and "partner_ids" in fields:
            defaults["partner_ids"] = context.get("default_partner_ids", [])
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'calendar'
        order = self.env.context.get("default_mailroom_order_id")
        booked = [vals.get("mailroom_order_id", order) for vals in vals_list]
        if not any(booked):
            return super().create(vals_list)
        orders = self.env["sale.order"].browse({key for key in booked if key})
        orders.check_access("write")
        names = {order.id: order._mailroom_visit_name() for order in orders}
        vals_list = [
            {"partner_ids": [], **vals, "name": vals.get("name") or names[key]}
            if key
            else vals
            for key, vals in zip(booked, vals_list, strict=True)
        ]
        # Else an activity is made on whatever the planner happened to come from.
        nowhere = self.with_context(active_model=False, active_id=False)
        return super(CalendarEvent, nowhere).create(vals_list)
