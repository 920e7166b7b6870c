import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.gateway_presets import PRESETS


class MailroomGateway(models.Model):
    """An SMS gateway: whose text messages it carries, and how it wants them."""

    _name = "mailroom.gateway"
    _description = "SMS gateway"
    _inherit = ["mailroom.carrier", "mailroom.secretive"]
    _order = "company_id, sequence, id"
    _mailroom_row_field = "gateway_id"
    _mailroom_rights = frozenset({"active", "company_id", "provider"})

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="This gateway carries the text messages of this company, and of nobody "
        "else.",
    )
    sequence = fields.Integer(
        default=10, help="The first gateway of a company is the one in use."
    )
    active = fields.Boolean(default=True)
    provider = fields.Selection(
        selection=lambda self: self._selection_provider(),
        string="Sends Through",
        required=True,
        default="http",
    )
    preset = fields.Selection(
        selection=lambda self: [(key, preset.name) for key, preset in PRESETS.items()],
        string="Gateway Provider",
        help="Fills in the form, as the provider documents it.",
    )
    url = fields.Char("Address (URL)", help="Where messages are handed in: https://…")
    method = fields.Selection([("POST", "POST"), ("GET", "GET")], default="POST")
    auth = fields.Selection(
        [
            ("none", "None"),
            ("basic", "User name and password"),
            ("bearer", "Token (Bearer)"),
            ("header", "Key in a header"),
        ],
        string="Authentication",
        default="basic",
    )
    auth_user = fields.Char("User Name")
    auth_header = fields.Char(
        "Header", help="Name of the header that holds the key, for example X-Api-Key."
    )
    body_kind = fields.Selection(
        [("form", "Form fields"), ("json", "JSON")], string="Format", default="form"
    )
    parameters = fields.Text(
        help="One line each: name = value. In a value, {to} is the number (+46…), "
        "{digits} the number without +, {text} the message, {from} the sender name, "
        "{id} our own id and {callback} the address for delivery reports.",
    )
    answer_id = fields.Char(
        "Field of the Message ID",
        help="Where the answer holds the provider's id of the message, for example "
        "data.id. Left empty, the usual names are tried.",
    )
    any_success = fields.Boolean(
        "Any 2xx Answer Is a Yes",
        help="Otherwise an answer without an id leaves it unsure whether the message "
        "was taken.",
    )
    receipt_token = fields.Char(
        readonly=True,
        copy=False,
        required=True,
        default=lambda self: secrets.token_urlsafe(24),
        help="Part of the address for delivery reports that cannot be guessed.",
    )

    _receipt_token_uniq = models.UniqueIndex("(receipt_token)")

    @api.model
    def _selection_provider(self):
        """Return the ways there are in this database."""
        ways = [
            ("http", self.env._("A gateway on the web (HTTP)")),
            ("odoo", self.env._("Odoo's own SMS service (credits)")),
        ]
        if "sms.twilio.number" in self.env:
            ways.append(("twilio", self.env._("Twilio, as set up in Odoo")))
        return ways

    # === THE RIGHT GATEWAY OR NONE === #

    @api.model
    def _mailroom_gateway(self, company):
        """Decide which gateway carries a company's text messages: its own, or that of
        the company it is a branch of. Never another company's.

        :return: the gateway (sudo), empty when messages must be held
        """
        family = company.sudo().parent_ids[::-1]
        # Users may not read gateways; only the record itself is passed on.
        gateways = self.sudo().search(
            Domain("company_id", "in", family.ids) & self._mailroom_usable_domain()
        )
        for relative in family:
            if own := gateways.filtered(lambda g, c=relative: g.company_id == c):
                return own[0]
        return gateways.browse()

    @api.model
    def _mailroom_usable_domain(self):
        # EXTENDS 'mailroom.carrier': a way that was uninstalled carries nothing
        ways = [key for key, _label in self._selection_provider()]
        return super()._mailroom_usable_domain() & Domain("provider", "in", ways)

    def _mailroom_serves(self, company):
        """Return whether this gateway may carry the messages of a company."""
        usable = self.sudo().filtered_domain(self._mailroom_usable_domain())
        return bool(usable) and usable.company_id in company.sudo().parent_ids

    # === ACCESS === #

    def write(self, vals):
        # EXTENDS 'mailroom.carrier': whose gateway it is, is said once. Otherwise who
        # manages one company could have another's messages sent his own way.
        company = vals.get("company_id")
        moved = company and any(g.company_id.id != company for g in self)
        if (
            moved
            and not self.env.su
            and not self.env.user.has_group("base.group_system")
        ):
            raise AccessError(
                self.env._("Only a system administrator may give a gateway away.")
            )
        result = super().write(vals)
        if {"active", "sequence", "company_id"} & set(vals):
            self.env["mailroom.queue"]._wake()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base': what was held for want of a gateway may leave now
        gateways = super().create(vals_list)
        self.env["mailroom.queue"]._wake()
        return gateways
