from odoo import api, models

from ..const import PURPOSE_OF_KIND


class MailroomSendRule(models.TransientModel):
    """The dialog, opened with the text that a rule would have sent."""

    _inherit = "mailroom.send"

    @api.model
    def _opening_wishes(self, document):
        # EXTENDS
        wishes = super()._opening_wishes(document)
        chosen = self.env["mail.template"].browse(
            self.env.context.get("mailroom_template_id")
        )
        # Only a template that this document may have, whatever the browser asks for.
        if chosen.exists() and document._mailroom_accepts(chosen):
            wishes.template = chosen
            kind = chosen.sudo().mailroom_kind
            wishes.purpose = PURPOSE_OF_KIND.get(kind, "document")
        return wishes
