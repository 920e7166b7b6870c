from odoo import api, fields, models

SEQUENCE = "mailroom.protocol"


class MailroomProtocol(models.Model):
    """Every company counts its own protocols; a correction keeps the number."""

    _inherit = "mailroom.protocol"

    number = fields.Char(readonly=True, copy=False)
    revision = fields.Integer(readonly=True, copy=False, default=1)
    name = fields.Char(
        "Number with Revision", compute="_compute_name", store=True, index="trigram"
    )

    _number_of_company = models.Constraint(
        "UNIQUE (company_id, number, revision)",
        "There is a protocol of this number already.",
    )

    @api.depends("number", "revision")
    def _compute_name(self):
        for protocol in self:
            name = protocol.number or self.env._("New")
            later = protocol.revision > 1
            protocol.name = f"{name}-{protocol.revision}" if later else name

    @api.model_create_multi
    def create(self, vals_list):
        """Number protocols as they are made."""
        protocols = super().create(vals_list)
        for protocol in protocols.filtered(lambda p: not p.number):
            protocol._set_number()
        return protocols

    def _set_number(self):
        # Who may write protocols may count them, but not touch sequences.
        sequences = self.env["ir.sequence"].sudo().with_company(self.company_id)
        self.company_id.sudo()._mailroom_ensure_protocol_sequence()
        self.sudo().number = sequences.next_by_code(SEQUENCE)


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base': made now, so that two first protocols do not make two
        companies = super().create(vals_list)
        companies.sudo()._mailroom_ensure_protocol_sequence()
        return companies

    @api.model
    def _mailroom_number_protocols(self):
        """Give every company its sequence; called at install and upgrade."""
        companies = self.with_context(active_test=False)
        # Every company there is; their number is small.
        companies.search([("id", "!=", False)])._mailroom_ensure_protocol_sequence()

    def _mailroom_ensure_protocol_sequence(self):
        """Make the sequences of those companies that have none."""
        known = self.env["ir.sequence"].search(
            [("code", "=", SEQUENCE), ("company_id", "in", self.ids)]
        )
        self.env["ir.sequence"].create(
            [
                {
                    "name": self.env._("Service protocols of %s", company.name),
                    "code": SEQUENCE,
                    "prefix": "SP",
                    "padding": 5,
                    "company_id": company.id,
                }
                for company in self - known.company_id
            ]
        )
