from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.placeholder_tidy import tidy
from .mail_template_check import TEXTS


class MailTemplateShip(models.Model):
    """Texts that come with the program: an upgrade brings better ones, but never
    touches what somebody has changed, and one click brings back what was shipped."""

    _inherit = "mail.template"

    mailroom_shipped = fields.Json(readonly=True, copy=False)
    mailroom_changed = fields.Boolean(
        "Changed",
        compute="_compute_mailroom_changed",
        help="The texts are not those that came with the program.",
    )

    @api.depends("mailroom_shipped", *TEXTS)
    def _compute_mailroom_changed(self):
        for template in self:
            template.mailroom_changed = bool(template.mailroom_shipped) and (
                template._mailroom_now() != template.mailroom_shipped
            )

    def _mailroom_now(self):
        return {name: str(self[name] or "") for name in TEXTS}

    def action_mailroom_reset(self):
        """Bring back the texts that were shipped."""
        self.check_access("write")
        for template in self:
            if not template.mailroom_shipped:
                raise UserError(
                    self.env._("“%s” did not come with the program.", template.name)
                )
            template.write(dict(template.mailroom_shipped))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_mailroom_shipped(self):
        if shipped := self.filtered("mailroom_shipped"):
            names = ", ".join(f"“{name}”" for name in shipped.mapped("display_name"))
            raise UserError(
                self.env._(
                    "%s came with the program, and the next upgrade would bring it "
                    "back. Archive it instead: then nobody gets it any more.",
                    names,
                )
            )

    # === SHIPPING === #

    @api.model
    def _load_records_create(self, vals_list):
        # EXTENDS 'base': remember what was shipped
        templates = super()._load_records_create(vals_list)
        for template in templates.filtered("mailroom_kind"):
            template.mailroom_shipped = template._mailroom_now()
        return templates

    def _load_records_write(self, values):
        # EXTENDS 'base': a text that somebody has changed stays as it is
        if not self.mailroom_kind:
            return super()._load_records_write(values)
        shipped = self.mailroom_shipped or {}
        new = {name: self._mailroom_as_stored(name, values.get(name)) for name in TEXTS}
        texts = {
            name: new[name]
            for name in TEXTS
            if str(self[name] or "") == shipped.get(name, "")
        }
        return super()._load_records_write({**texts, "mailroom_shipped": new})

    def _mailroom_as_stored(self, name, value):
        """Return a text as the database keeps it: HTML is cleaned on its way."""
        if name == "mailroom_body":
            value = tidy(value or "")
        return str(self._fields[name].convert_to_cache(value or False, self) or "")

    def write(self, vals):
        # EXTENDS: nobody makes his own text the shipped one
        if "mailroom_shipped" in vals and not self.env.su:
            vals = {key: vals[key] for key in vals if key != "mailroom_shipped"}
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS: nobody makes his own text the shipped one
        if not self.env.su:
            vals_list = [
                {key: vals[key] for key in vals if key != "mailroom_shipped"}
                for vals in vals_list
            ]
        return super().create(vals_list)
