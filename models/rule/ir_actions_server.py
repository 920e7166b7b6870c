from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.plan import Wishes
from .rule_fields import CHANNELS, MODES, channels_of

STATE = "mailroom_send"


class IrActionsServer(models.Model):
    """ "Send with Mailroom" beside Odoo's own types of actions: in automation rules and
    in the action menu of lists."""

    _inherit = "ir.actions.server"

    state = fields.Selection(
        selection_add=[(STATE, "Send with Mailroom"), ("followers",)],
        ondelete={STATE: "cascade"},
    )
    mailroom_mode = fields.Selection(
        MODES,
        "Sending",
        default="batch",
        help="For automation rules. From the action menu of a list, one document "
        "opens the dialog, several open a batch.",
    )
    mailroom_minutes = fields.Integer("Minutes to Wait", default=5)
    mailroom_channel = fields.Selection(CHANNELS, "Send As", default="email")
    mailroom_text = fields.Selection(
        [
            ("own", "The document's own template, in the customer's language"),
            ("chosen", "The templates below, by language"),
        ],
        "Text",
        default="own",
    )
    mailroom_template_ids = fields.Many2many(
        "mail.template",
        "ir_act_server_mailroom_template_rel",
        "action_id",
        "template_id",
        string="Mailroom Templates",
        domain="mailroom_template_domain",
        help="One per language; the one that fits the customer best is used.",
    )
    mailroom_template_domain = fields.Binary(
        compute="_compute_mailroom_template_domain"
    )

    # === WHAT MAY BE CHOSEN === #

    @api.depends("state")
    def _compute_available_model_ids(self):
        # EXTENDS 'base': documents that Mailroom sends
        ours = self.filtered(lambda action: action.state == STATE)
        if ours:
            names = self.env["mailroom.automation"]._document_models()
            models_ = self.env["ir.model"].search([("model", "in", names)])
            ours.available_model_ids = models_.ids
        return super(IrActionsServer, self - ours)._compute_available_model_ids()

    @api.depends("model_id", "state")
    def _compute_mailroom_template_domain(self):
        for action in self:
            kinds = action._mailroom_template_kinds()
            action.mailroom_template_domain = [("mailroom_kind", "in", kinds)]

    def _mailroom_template_kinds(self):
        """Return the kinds of templates that documents of the action's model have."""
        if self.state != STATE or self.model_name not in self.env:
            return []
        model = self.env[self.model_name]
        is_document = hasattr(model, "_mailroom_template_kinds")
        return model._mailroom_template_kinds() if is_document else []

    # === NAME AND WARNINGS === #

    def _name_depends(self):
        # EXTENDS 'base'
        return [*super()._name_depends(), "mailroom_template_ids", "mailroom_text"]

    def _generate_action_name(self):
        # EXTENDS 'base'
        if self.state == STATE and self.mailroom_text == "chosen":
            template = self.mailroom_template_ids[:1]
            if template:
                return self.env._("Send “%s” with Mailroom", template.name)
        return super()._generate_action_name()

    @api.model
    def _warning_depends(self):
        # EXTENDS 'base'
        return [
            *super()._warning_depends(),
            "mailroom_mode",
            "mailroom_minutes",
            "mailroom_text",
            "mailroom_template_ids",
        ]

    def _get_warning_messages(self):
        # EXTENDS 'base'
        warnings = super()._get_warning_messages()
        if self.state == STATE:
            warnings += self._mailroom_warnings()
        return warnings

    def _mailroom_warnings(self):
        """Return what keeps this action from sending, in words.

        :rtype: list[str]
        """
        warnings = []
        kinds = self._mailroom_template_kinds()
        if self.model_id and not kinds:
            warnings.append(
                self.env._("“%s” is nothing that Mailroom sends.", self.model_id.name)
            )
        if self.mailroom_mode == "hold" and self.mailroom_minutes < 1:
            warnings.append(self.env._("Say how many minutes to wait: at least one."))
        if self.mailroom_text == "chosen":
            for template in self.mailroom_template_ids:
                if kinds and template.mailroom_kind not in kinds:
                    warnings.append(
                        self.env._(
                            "The template “%(template)s” is not for %(model)s.",
                            template=template.display_name,
                            model=self.model_id.name,
                        )
                    )
        return warnings

    @api.constrains("state", "mailroom_text", "mailroom_template_ids")
    def _check_mailroom_templates(self):
        # Not a warning: those keep Odoo from running the action, and with it the user
        # from saving his document, once somebody has deleted the template.
        for action in self.filtered(lambda a: a.state == STATE):
            if action.mailroom_text == "chosen" and not action.mailroom_template_ids:
                raise ValidationError(
                    self.env._("“%s”: choose at least one template.", action.name)
                )

    # === RUNNING === #

    def _run_action_mailroom_send_multi(self, eval_context=None):
        """Send by rule, or open what a person has asked for."""
        context = eval_context or {}
        records = context.get("records") or context.get("record")
        if not records or "mailroom_state" not in records._fields:
            return False
        gathered = self.env.context.get("mailroom_gathered")
        if gathered is not None:
            gathered.setdefault(self.id, []).extend(records.ids)
            return False
        if self.binding_model_id and not self.base_automation_id:
            return self._mailroom_open(records)
        return self._mailroom_fire(records)

    def _mailroom_fire(self, records):
        """Send about records as the rule says."""
        self.ensure_one()
        rules = self.env["mailroom.automation"]
        action = self.with_context(lang=records._mailroom_for_staff().env.lang)
        name = action.base_automation_id.name or action.name
        wishes = Wishes(rule=name, channels=channels_of(self.mailroom_channel))
        rules._fire(
            records,
            self,
            wishes,
            mode=self.mailroom_mode or "batch",
            minutes=self.mailroom_minutes,
            templates=self._mailroom_templates(),
        )
        return False

    def _mailroom_templates(self):
        """Return the templates to choose from, None for the document's own."""
        chosen = self.sudo().mailroom_template_ids
        return chosen if self.mailroom_text == "chosen" else None

    def _mailroom_open(self, records):
        """Open the dialog for one document, the page of a batch for several.

        The user's own rights count, whoever made the action.
        """
        records = records.sudo(False)
        templates = self._mailroom_templates()
        if len(records) == 1:
            return records._mailroom_look_first(templates)
        wishes = Wishes(channels=channels_of(self.mailroom_channel))
        batch = self.env["mailroom.automation"]._make_batch(records, wishes, templates)
        return batch.action_open()
