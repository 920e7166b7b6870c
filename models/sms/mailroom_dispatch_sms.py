from odoo import api, models
from odoo.tools import plaintext2html


class MailroomDispatch(models.Model):
    """Dispatches with text messages, beside mail or alone."""

    _inherit = "mailroom.dispatch"

    def _has_mail(self):
        return "email" in self.delivery_ids.mapped("channel")

    def _prepare_dispatch_values(self, plan):
        # EXTENDS: files go with mail only; nothing is printed for a text message
        values = super()._prepare_dispatch_values(plan)
        channels = {recipient.channel for recipient in plan.recipients}
        if channels == {"sms"}:
            values["file_ids"] = []
        return values

    def _prepare_post(self):
        # EXTENDS: the history holds what was sent
        values = super()._prepare_post()
        if not self._has_mail():
            body = plaintext2html(self.sms_text or "")
            values |= {"body": body, "subject": False, "message_type": "sms"}
        return values

    def _account_for(self, delivery):
        # EXTENDS
        if delivery.channel != "sms":
            return super()._account_for(delivery)
        return self.env["mailroom.gateway"]._mailroom_gateway(self.company_id)

    @api.model
    def _release_held(self):
        # EXTENDS: the day may have room again
        self.env["mailroom.delivery"]._release_capped()
        return super()._release_held()
