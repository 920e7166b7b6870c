from odoo import api, fields, models


class ResCompanyAccount(models.Model):
    """The way from a company to the account that carries its mail."""

    _inherit = "res.company"

    mailroom_account_id = fields.Many2one(
        "ir.mail_server",
        "Sender Account",
        compute="_compute_mailroom_account_id",
        inverse="_inverse_mailroom_account_id",
        groups="mailroom.mailroom_group_manager",
    )
    mailroom_sender = fields.Char(
        "Messages Come From",
        compute="_compute_mailroom_sender",
        groups="mailroom.mailroom_group_manager",
    )

    def _compute_mailroom_account_id(self):
        for company in self:
            company.mailroom_account_id = company._mailroom_own_account()

    def _inverse_mailroom_account_id(self):
        for company in self:
            chosen, known = company.mailroom_account_id, company._mailroom_own_account()
            if chosen != known:
                (known - chosen).write({"mailroom_company_id": False})
                chosen.write({"mailroom_company_id": company.id})

    @api.depends("mailroom_use_own_account")
    def _compute_mailroom_sender(self):
        servers = self.env["ir.mail_server"]
        for company in self:
            account = servers._mailroom_account(company)
            company.mailroom_sender = bool(account) and account._mailroom_label(company)

    def _mailroom_own_account(self):
        """Return the account that carries this company's mail as its own."""
        self.ensure_one()
        servers = self.env["ir.mail_server"].sudo()
        return servers.search([("mailroom_company_id", "=", self.id)], limit=1)

    def action_mailroom_account(self):
        """Open the company's account, or the form for a new one."""
        self.ensure_one()
        account = self._mailroom_own_account()
        servers = self.env["ir.mail_server"]
        action = servers._mailroom_form_action(account, self.env._("Sender account"))
        action["context"] = {
            "default_name": self.name,
            "default_mailroom_encryption": "auto",
            "default_smtp_port": 0,
            "default_mailroom_name": self.name,
            "default_mailroom_company_id": self.id,
            "default_mailroom_address": self.email,
            "default_smtp_user": self.email,
        }
        return action
