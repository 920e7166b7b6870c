from odoo import api, models
from odoo.exceptions import ValidationError

from .ir_actions_server import STATE


class BaseAutomation(models.Model):
    """Automation rules run their actions record by record; what they send is gathered,
    so that an edit of many records is known as such."""

    _inherit = "base.automation"

    def _process(self, records, domain_post=None):
        # EXTENDS 'base_automation'
        gathered = {}
        gathering = self.with_context(mailroom_gathered=gathered)
        result = super(BaseAutomation, gathering)._process(records, domain_post)
        # What is computed while messages are made is no new step (Odoo does the same).
        done = dict(self.env.context.get("__action_done", {}))
        done[self] = done.get(self, records.browse()) | records
        for action_id, ids in gathered.items():
            # The rule was set up by an administrator; what it may send is decided by
            # the rights of whoever set it off (``mailroom.automation._on_behalf``).
            actions = self.env["ir.actions.server"].sudo()
            action = actions.with_context(__action_done=done).browse(action_id)
            documents = self.env[records._name].with_context(__action_done=done)
            action._mailroom_fire(documents.browse(ids))
        return result

    @api.constrains("trigger", "action_server_ids")
    def _check_mailroom_trigger(self):
        for automation in self.filtered(lambda a: a.trigger == "on_unlink"):
            if STATE in automation.action_server_ids.mapped("state"):
                raise ValidationError(
                    self.env._(
                        "“%s” runs when records are deleted: there is no document left "
                        "to send. Choose another trigger.",
                        automation.name,
                    )
                )
