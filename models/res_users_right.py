from odoo import models


class ResUsersRight(models.Model):
    """Who may send."""

    _inherit = "res.users"

    def _mailroom_may_send(self):
        """Return whether a user may send messages at all."""
        return self.has_group("mailroom.mailroom_group_sender")
