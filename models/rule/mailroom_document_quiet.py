from odoo import api, models


class MailroomDocumentQuiet(models.AbstractModel):
    """What is copied or imported is nothing new that has happened: no rule fires."""

    _inherit = "mailroom.document"

    def copy(self, default=None):
        """Copy without setting off rules."""
        quiet = self.with_context(mailroom_quiet=True)
        copies = super(MailroomDocumentQuiet, quiet).copy(default)
        return copies.with_env(self.env)

    @api.model
    def load(self, fields, data):
        """Import without setting off rules, whichever program does it."""
        quiet = self.with_context(mailroom_quiet=True)
        return super(MailroomDocumentQuiet, quiet).load(fields, data)
