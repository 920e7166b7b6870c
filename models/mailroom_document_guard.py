from odoo import api, models
from odoo.exceptions import AccessError


class MailroomDocumentGuard(models.AbstractModel):
    """What became of a document is written by the outbox, never by a person."""

    _inherit = "mailroom.document"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a document that says of itself that it was sent."""
        for vals in vals_list:
            if vals.get("mailroom_state", "not_sent") != "not_sent":
                self._mailroom_refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to say by hand what only the mail server can tell."""
        if "mailroom_state" in vals or "mailroom_changed" in vals:
            self._mailroom_refuse_by_hand()
        return super().write(vals)

    def _mailroom_refuse_by_hand(self):
        if not self.env.su:
            raise AccessError(
                self.env._("Whether a document was sent is not written by hand.")
            )
