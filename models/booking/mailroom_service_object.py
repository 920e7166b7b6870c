from odoo import api, fields, models


class MailroomServiceObject(models.Model):
    """A machine, or anything else that is serviced: it belongs to a customer and stands
    at one of his facilities."""

    _name = "mailroom.service.object"
    _description = "Service object"
    _order = "name, number, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    number = fields.Char(
        "Machine Number", help="Number on the machine, unique with this customer."
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", store=True, string="Owner"
    )
    facility_id = fields.Many2one(
        "res.partner",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        help="Where it stands: a delivery address of the customer.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    active = fields.Boolean(default=True)

    _number_uniq = models.UniqueIndex(
        "(company_id, partner_id, number) WHERE number IS NOT NULL AND active",
        "This customer already has a machine with this number.",
    )

    @api.depends("name", "number")
    def _compute_display_name(self):
        # EXTENDS 'base'
        for machine in self:
            machine.display_name = machine._mailroom_label()

    def _mailroom_label(self):
        """Return name and number, as a customer reads them."""
        self.ensure_one()
        if not self.number:
            return self.name or ""
        return f"{self.name or ''} ({self.number})"

    @api.model
    def _search_display_name(self, operator, value):
        # EXTENDS 'base': a technician types the number
        domain = super()._search_display_name(operator, value)
        if isinstance(value, str) and operator in ("ilike", "like", "=", "=ilike"):
            domain |= fields.Domain("number", operator, value)
        return domain
