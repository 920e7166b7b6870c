from odoo import models


class MailroomDocumentQuiet(models.AbstractModel):
    """A copy is nothing new that has happened: no rule fires for it."""

    _inherit = "mailroom.document"

    def copy(self, default=None):
        """Copy without setting off rules."""
        quiet = self.with_context(mailroom_quiet=True)
        copies = super(MailroomDocumentQuiet, quiet).copy(default)
        return copies.with_env(self.env)
