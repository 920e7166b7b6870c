from odoo import models
from odoo.exceptions import AccessError


class ResUsersRight(models.Model):
    """Who may send."""

    _inherit = "res.users"

    def _mailroom_may_send(self):
        """Return whether a user may send messages at all."""
        return self.has_group("mailroom.mailroom_group_sender")

    def _mailroom_check_may_send(self):
        """Do nothing for whoever may send messages, nor for the program itself.

        :raise AccessError: he may not
        """
        if not self.env.su and not self._mailroom_may_send():
            raise AccessError(
                self.env._(
                    "You may not send messages. Ask an administrator for the right "
                    "“Mailroom / Sender”."
                )
            )
