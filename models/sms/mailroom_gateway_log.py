from odoo import api, models

LOGGED = (
    "name",
    "active",
    "sequence",
    "company_id",
    "provider",
    "preset",
    "url",
    "method",
    "auth",
    "auth_user",
    "auth_header",
    "body_kind",
    "parameters",
    "answer_id",
    "any_success",
    "gateway_secret",
    "receipt_secret",
)


class MailroomGatewayLog(models.Model):
    """Every change of a gateway is written down: old, new, who, when; no secrets."""

    _inherit = "mailroom.gateway"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS
        gateways = super().create(vals_list)
        log = self.env["mailroom.setting.log"]
        for gateway in gateways:
            log._note(gateway, self.env._("SMS gateway"), "", gateway.name)
        return gateways

    def write(self, vals):
        # EXTENDS: the password may go with a change of the address
        names = [name for name in LOGGED if name in vals]
        if not names:
            return super().write(vals)
        log = self.env["mailroom.setting.log"]
        before = log._snapshot(self, {*names, "gateway_secret"})
        result = super().write(vals)
        log._log(self, before)
        return result

    def unlink(self):
        # EXTENDS 'mailroom.carrier'
        log = self.env["mailroom.setting.log"]
        for gateway in self:
            log._note(gateway, self.env._("SMS gateway"), gateway.name, "")
        return super().unlink()

    def _mailroom_log_company(self):
        # OVERRIDE 'mailroom.carrier'
        return self.company_id

    def _mailroom_pause_notice(self):
        # OVERRIDE 'mailroom.carrier'
        trouble = self.env["mailroom.words"]._gateway_trouble(self.mailroom_reason)
        return self.env._("SMS gateway “%s” is paused", self.name), self.env._(
            "%(trouble)s %(count)s text messages wait; they leave once the gateway "
            "works and somebody presses Resume.",
            trouble=trouble,
            count=self.mailroom_waiting,
        )
