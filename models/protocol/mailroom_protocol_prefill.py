from odoo import api, fields, models
from odoo.fields import Command

TAKEN = ("partner_id", "facility_id", "contact_id", "object_ids")


class MailroomProtocol(models.Model):
    """What a protocol takes from its order and from a checklist; all of it can be
    changed."""

    _inherit = "mailroom.protocol"

    company_id = fields.Many2one(
        compute="_compute_company_id", store=True, readonly=False, precompute=True
    )
    partner_id = fields.Many2one(
        compute="_compute_taken", store=True, readonly=False, precompute=True
    )
    facility_id = fields.Many2one(
        compute="_compute_taken", store=True, readonly=False, precompute=True
    )
    contact_id = fields.Many2one(
        compute="_compute_taken", store=True, readonly=False, precompute=True
    )
    object_ids = fields.Many2many(
        compute="_compute_taken", store=True, readonly=False, precompute=True
    )
    invoice_lang = fields.Selection(
        help="Language of the protocol, of the messages it goes with and of its page "
        "in the portal. Taken from the order, else from the customer.",
    )
    checklist_id = fields.Many2one(
        "mailroom.checklist",
        "Fill From",
        domain="[('company_id', 'in', (False, company_id))]",
        copy=False,
        help="Its points are copied here; what was filled in already stays.",
    )
    check_ids = fields.One2many(
        compute="_compute_check_ids", store=True, readonly=False, precompute=True
    )
    material_ids = fields.One2many(
        compute="_compute_material_ids", store=True, readonly=False, precompute=True
    )

    @api.depends("order_id")
    def _compute_company_id(self):
        for protocol in self:
            protocol.company_id = (
                protocol.order_id.company_id or protocol.company_id or self.env.company
            )

    @api.depends("order_id")
    def _compute_taken(self):
        for protocol in self:
            protocol.update(protocol._prepare_taken())

    def _prepare_taken(self):
        """Return whom and what the visit was for: as the order says, else as it is."""
        order = self.order_id
        if not order:
            return {name: self[name] for name in TAKEN}
        return {
            "partner_id": order.partner_id.commercial_partner_id,
            "facility_id": order.partner_shipping_id,
            "contact_id": order.mailroom_contact_id,
            "object_ids": order.mailroom_object_ids,
        }

    @api.depends("order_id", "partner_id", "contact_id")
    def _compute_invoice_lang(self):
        active = dict(self._selection_invoice_lang())
        for protocol in self:
            people = protocol.contact_id or protocol.partner_id
            lang = protocol.order_id.invoice_lang or people._mailroom_invoice_lang()
            protocol.invoice_lang = lang if lang in active else False

    @api.depends("checklist_id")
    def _compute_check_ids(self):
        for protocol in self:
            checklist = protocol.checklist_id.with_context(lang=protocol.invoice_lang)
            untouched = protocol.check_ids.filtered(lambda c: c._is_untouched())
            protocol.check_ids = (
                checklist
                and [
                    *(Command.unlink(check.id) for check in untouched),
                    *(
                        Command.create(line._prepare_check())
                        for line in checklist.line_ids
                    ),
                ]
                or protocol.check_ids
            )

    @api.depends("order_id")
    def _compute_material_ids(self):
        for protocol in self:
            lines = protocol.order_id.order_line.filtered(
                lambda line: not line.display_type and not line.is_downpayment
            )
            protocol.material_ids = (
                protocol.order_id
                and [
                    Command.clear(),
                    *(Command.create(self._prepare_material(line)) for line in lines),
                ]
                or protocol.material_ids
            )

    @api.model
    def _prepare_material(self, line):
        """Return the values of the material line for an order line; no price."""
        return {
            "sequence": line.sequence,
            "product_id": line.product_id.id,
            "name": line.name,
            "quantity": line.product_uom_qty,
            "uom_id": line.product_uom_id.id,
        }

    # === RIGHTS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to take from an order what the user may not read."""
        self._check_order(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """See ``create``."""
        self._check_order([vals])
        return super().write(vals)

    def _check_order(self, vals_list):
        # What an order gives is copied with the rights of the program.
        orders = {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        if orders:
            self.env["sale.order"].browse(orders).check_access("read")
