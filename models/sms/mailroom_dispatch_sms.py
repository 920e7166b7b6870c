import textwrap

from odoo import api, models
from odoo.tools import plaintext2html

TITLE_LIMIT = 80


def title(text, otherwise):
    """Return how a text message begins: it has no subject."""
    return textwrap.shorten(text or "", TITLE_LIMIT, placeholder="…") or otherwise


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
            values |= {"file_ids": [], "subject": title(plan.sms_text, plan.subject)}
        return values

    def _rewrite(self, plan):
        # EXTENDS
        result = super()._rewrite(plan)
        if not self._has_mail():
            self.subject = title(self.sms_text, self.subject)
        return result

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
