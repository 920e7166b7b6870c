from odoo import api, models
from odoo.exceptions import AccessError


class MailroomSettings(models.TransientModel):
    """Settings of Mailroom for mail managers, who may not open Odoo's own settings."""

    _name = "mailroom.settings"
    _inherit = "mailroom.company.settings"
    _description = "Mail settings"
    _rec_name = "company_id"

    @api.model_create_multi
    def create(self, vals_list):
        """Write the settings through to the company, after the rights are checked."""
        for vals in vals_list:
            self._check_may_set(vals)
        # A mail manager may not write companies; these settings of his own he may.
        return super(MailroomSettings, self.sudo()).create(vals_list).sudo(False)

    def write(self, vals):
        """See ``create``."""
        self.check_access("write")
        for settings in self:
            self._check_may_set({"company_id": settings.company_id.id, **vals})
        return super(MailroomSettings, self.sudo()).write(vals)

    def _check_may_set(self, vals):
        company = self.env["res.company"].browse(
            vals.get("company_id") or self.env.company.id
        )
        if "mailroom_account_id" in vals or not (
            self.env.user.has_group("mailroom.mailroom_group_manager")
            and company in self.env.companies
        ):
            raise AccessError(
                self.env._("Only mail managers of this company change its settings.")
            )

    @api.model
    def action_open(self):
        """Open the settings of the current company: Odoo's own page for who may, the
        same settings in a form of their own for mail managers."""
        if self.env.user.has_group("base.group_system"):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "mailroom.mailroom_settings_action"
            )
        settings = self.create({"company_id": self.env.company.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mail settings of %s", self.env.company.name),
            "res_model": self._name,
            "res_id": settings.id,
            "views": [(False, "form")],
        }
