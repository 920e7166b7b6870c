from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.base_automation.models.base_automation import _get_domain_fields

from .ir_actions_server import STATE


class BaseAutomation(models.Model):
    """Automation rules run their actions record by record; what they send is gathered,
    so that an edit of many records is known as such."""

    _inherit = "base.automation"

    def _filter_pre(self, records, feedback=False):
        # EXTENDS 'base_automation': a document that was there before the change does
        # not get there by it
        result = super()._filter_pre(records, feedback)
        if not self._mailroom_needs_transition():
            return result
        # Odoo's own look at documents before they change, with the other condition
        condition = self.sudo().filter_domain or "[]"
        before = self.new({"filter_pre_domain": condition}, origin=self)
        return result - super(BaseAutomation, before)._filter_pre(result, feedback)

    def _mailroom_needs_transition(self):
        """Return whether this rule sends messages, and leaves it to us to tell by what
        change a document gets to where it sends them."""
        rule = self.sudo()
        if STATE not in rule.action_server_ids.mapped("state"):
            return False
        # Odoo itself adds the fields of the condition to those that are watched.
        own = _get_domain_fields(rule.env, rule.model_name, rule.filter_domain)
        before = (rule.filter_pre_domain or "").strip()
        says_change = rule.trigger_field_ids - own or before not in ("", "[]")
        return rule.trigger in ("on_create_or_write", "on_write") and not says_change

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
