from odoo import api, fields, models


class MailroomCompanySettings(models.AbstractModel):
    """Which gateway carries a company's text messages, for the forms of settings."""

    _inherit = "mailroom.company.settings"

    mailroom_gateway_id = fields.Many2one(
        "mailroom.gateway", "SMS Gateway", compute="_compute_mailroom_gateway_id"
    )

    @api.depends("company_id")
    def _compute_mailroom_gateway_id(self):
        gateways = self.env["mailroom.gateway"]
        for settings in self:
            settings.mailroom_gateway_id = gateways._mailroom_gateway(
                settings.company_id
            )

    def action_mailroom_gateway(self):
        """Open the gateway of the company, or the form for a new one."""
        gateways = self.env["mailroom.gateway"]
        gateways.check_access("write")
        gateway = gateways._mailroom_gateway(self.company_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("SMS gateway of %s", self.company_id.name),
            "res_model": "mailroom.gateway",
            "res_id": gateway.id,
            "views": [(False, "form")],
            "context": {"default_company_id": self.company_id.id},
        }
