from odoo import api, fields, models
from odoo.exceptions import AccessError


class ResUsers(models.Model):
    """A user's own mailbox, set up under My Preferences."""

    _inherit = "res.users"

    mailroom_may_use_mailbox = fields.Boolean(compute="_compute_mailroom_mailbox")
    mailroom_mailbox = fields.Char("My Mailbox", compute="_compute_mailroom_mailbox")
    mailroom_mailbox_health = fields.Selection(
        [("up", "Up"), ("cooling", "Cooling down"), ("paused", "Paused")],
        "My Mailbox Is",
        compute="_compute_mailroom_mailbox",
    )

    @api.depends("company_ids")
    def _compute_mailroom_mailbox(self):
        for user in self:
            # A user may know of his own mailbox; nothing secret leaves here.
            server = user._mailroom_own_mailbox()
            allowed = user.sudo().company_ids.filtered("mailroom_user_accounts")
            user.mailroom_may_use_mailbox = bool(allowed) and user._is_internal()
            label = bool(server) and server._mailroom_label(user.company_id)
            user.mailroom_mailbox = label
            user.mailroom_mailbox_health = server.mailroom_health

    def _mailroom_own_mailbox(self):
        """Return the user's mailbox (sudo), empty when he has none."""
        servers = self.env["ir.mail_server"].sudo()
        return servers.search([("mailroom_user_id", "=", self._origin.id)], limit=1)

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + [
            "mailroom_may_use_mailbox",
            "mailroom_mailbox",
            "mailroom_mailbox_health",
        ]

    def action_mailroom_mailbox(self):
        """Open my mailbox, or the form for a new one."""
        self.ensure_one()
        if self != self.env.user:
            raise AccessError(self.env._("A mailbox is set up by its user only."))
        servers = self.env["ir.mail_server"]
        action = servers._mailroom_form_action(
            self._mailroom_own_mailbox(), self.env._("My mailbox")
        )
        action["context"] = {
            "default_name": self.email or self.name,
            "default_mailroom_encryption": "auto",
            "default_smtp_port": 0,
            "default_mailroom_user_id": self.id,
            "default_mailroom_address": self.email,
            "default_smtp_user": self.email,
        }
        return action
