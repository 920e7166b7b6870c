from odoo import models
from odoo.exceptions import UserError


class MailroomProtocol(models.Model):
    """Marking a protocol as done: it is locked, and leaves as its contacts want it."""

    _inherit = "mailroom.protocol"

    def action_done(self):
        """Lock the protocol, then ask whether to send it or send it, as the contact's
        option says.

        :return: word of what became of the only one, else None
        """
        self.check_access("write")
        drafts = self.filtered(lambda protocol: protocol.state == "draft")
        if drafts != self:
            raise UserError(
                self.env._(
                    "%s is done already.", ", ".join((self - drafts).mapped("name"))
                )
            )
        # What an order just gave belongs to the draft.
        self.flush_recordset()
        # Only this button writes the state.
        self.sudo().state = "done"
        return self._mailroom_fire_option("protocol")
