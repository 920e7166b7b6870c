from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [("draft", "Draft"), ("done", "Done"), ("superseded", "Replaced")]


class MailroomProtocol(models.Model):
    """What was done on a visit: written down on the spot, signed by the customer, and
    locked once it is done."""

    _name = "mailroom.protocol"
    _description = "Service Protocol"
    _inherit = [
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "mailroom.document",
    ]
    _order = "visit_start desc, id desc"
    _check_company_auto = True
    # A customer answers on the page of his protocol.
    _mail_post_access = "read"

    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    order_id = fields.Many2one(
        "sale.order", index="btree_not_null", ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    facility_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        check_company=True,
        help="Where the work was done.",
    )
    contact_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        check_company=True,
        help="The person at the customer who gets the protocol.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Technician",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index=True,
        tracking=True,
    )
    visit_start = fields.Datetime(
        "Visit",
        required=True,
        tracking=True,
    )
    visit_stop = fields.Datetime("Visit Ends")
    object_ids = fields.Many2many(
        "mailroom.service.object",
        "mailroom_protocol_service_object_rel",
        "protocol_id",
        "object_id",
        "Service Objects",
        check_company=True,
        help="The machines that were looked after.",
    )
    work_done = fields.Html(sanitize_style=True)
    check_ids = fields.One2many(
        "mailroom.protocol.check", "protocol_id", "Checklist", copy=True
    )
    material_ids = fields.One2many(
        "mailroom.protocol.material", "protocol_id", copy=True
    )
    picture_ids = fields.One2many(
        "mailroom.protocol.picture", "protocol_id", "Pictures", copy=False
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _visit_in_order = models.Constraint(
        "CHECK (visit_stop IS NULL OR visit_stop >= visit_start)",
        "A visit cannot end before it begins.",
    )

    @api.constrains("state", "check_ids")
    def _check_remarks(self):
        """A customer who reads that something is not right wants to know what."""
        for protocol in self.filtered(lambda p: p.state == "done"):
            points = protocol.check_ids._without_remark().mapped("name")
            if points:
                raise ValidationError(
                    self.env._(
                        "Write a remark for what is not OK: %s.", ", ".join(points)
                    )
                )

    def _compute_access_url(self):
        # EXTENDS 'portal'
        result = super()._compute_access_url()
        for protocol in self:
            protocol.access_url = f"/my/protocols/{protocol.id}"
        return result

    def _get_report_base_filename(self):
        """Return the name of a downloaded PDF, as Odoo's portal asks for it."""
        self.ensure_one()
        return self.name
