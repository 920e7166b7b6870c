from odoo import api, fields, models
from odoo.exceptions import UserError

# Which account carries it is no part of the mail.
FREE = {"mail_server_id", "mailroom_account", "mailroom_shipped"}


class MailTemplateBuiltin(models.Model):
    """The texts of the built-in stages, which nobody changes."""

    _inherit = "mail.template"

    mailroom_builtin = fields.Selection(
        [("received", "Received"), ("unresolved", "Unresolved")],
        "Built-In Stage",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.model
    def _mailroom_fitting(self, *args, **kwargs):
        # EXTENDS: these belong to their stage and are chosen for nothing else
        fitting = super()._mailroom_fitting(*args, **kwargs)
        return fitting.filtered(lambda template: not template.mailroom_builtin)

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'mail': only the program brings built-in texts
        if not self.env.su and any(vals.get("mailroom_builtin") for vals in vals_list):
            self._refuse_builtin()
        return super().create(vals_list)

    def write(self, vals):
        # EXTENDS 'mail'
        touched = vals.get("mailroom_builtin") or any(self.mapped("mailroom_builtin"))
        if not self.env.su and touched and set(vals) - FREE:
            self._refuse_builtin()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_builtin(self):
        if any(self.mapped("mailroom_builtin")):
            self._refuse_builtin()

    def _refuse_builtin(self):
        raise UserError(
            self.env._(
                "The texts of the built-in stages cannot be changed. Duplicate one if "
                "you want another text for a stage of your own."
            )
        )
