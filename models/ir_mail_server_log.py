from odoo import api, models

LOGGED = (
    "name",
    "active",
    "mailroom_company_id",
    "mailroom_user_id",
    "mailroom_name",
    "mailroom_address",
    "mailroom_provider",
    "mailroom_automatic",
    "mailroom_selector",
    "mailroom_limit_minute",
    "mailroom_limit_hour",
    "mailroom_limit_day",
    "smtp_host",
    "smtp_port",
    "smtp_encryption",
    "smtp_authentication",
    "smtp_user",
    "smtp_pass",
    "from_filter",
)
# Writing these writes logged fields, too.
LEADS_TO = {"mailroom_encryption", "mailroom_secret"}


class IrMailServerLog(models.Model):
    """Every change of an account is written down: old, new, who, when; no secrets."""

    _inherit = "ir.mail_server"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        servers = super().create(vals_list)
        log = self.env["mailroom.setting.log"]
        for server in servers:
            host = server.sudo().smtp_host or ""
            log._note(server, self.env._("Sender account"), "", server.name)
            log._note(server, self.env._("SMTP server"), "", host)
        return servers

    def write(self, vals):
        # EXTENDS 'mail'
        names = [name for name in LOGGED if {name, *LEADS_TO} & set(vals)]
        if not names or self.env.context.get("mailroom_log_off"):
            return super().write(vals)
        log = self.env["mailroom.setting.log"]
        before = log._snapshot(self, names)
        # What this write leads to is part of it, and logged once.
        inner = self.with_context(mailroom_log_off=True)
        result = super(IrMailServerLog, inner).write(vals)
        log._log(self, before)
        return result

    def unlink(self):
        # EXTENDS 'base'
        log = self.env["mailroom.setting.log"]
        for server in self:
            log._note(server, self.env._("Sender account"), server.name, "")
        return super().unlink()

    def _mailroom_log_company(self):
        """Return the company whose managers see the changes of this account."""
        return self.mailroom_company_id or self._mailroom_owner().company_id
