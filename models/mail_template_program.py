from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools.placeholder_markup import is_program
from .mail_template_check import TEXTS


class MailTemplateProgram(models.Model):
    """QWeb and ``{{ }}`` in a template of ours: an administrator's, or nobody's."""

    _inherit = "mail.template"

    def _mailroom_is_program(self, name):
        """Return whether a text asks for Odoo's own renderer."""
        if name == "mailroom_file_name":
            return False
        if name == "mailroom_body" and is_program(self[name] or ""):
            return True
        return any(f.code == "program" for f in self._mailroom_parsed(name).faults)

    def _mailroom_may_program(self):
        return self.env.su or self.env.user._is_system()

    def _mailroom_no_programs(self):
        return self.env._(
            "{{ … }} and QWeb can read everything in the database, so that only an "
            "administrator may use them. Use tags such as {Number} instead."
        )

    def _mailroom_refuse_programs(self):
        """Refuse texts that ask for Odoo's own renderer, unless an administrator wrote
        them. Not a constraint: those run with all rights.

        :raise ValidationError: with what to write instead
        """
        if self._mailroom_may_program():
            return
        for template in self.filtered("mailroom_kind"):
            if any(map(template._mailroom_is_program, TEXTS)):
                raise ValidationError(self._mailroom_no_programs())

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS: what is stored counts, whichever way it came
        templates = super().create(vals_list)
        templates._mailroom_refuse_programs()
        return templates

    def write(self, vals):
        # EXTENDS: what is stored counts, whichever way it came
        result = super().write(vals)
        self._mailroom_refuse_programs()
        return result

    def _has_unsafe_expression(self):
        # EXTENDS 'mail': ours are refused with our own words, whatever the group
        others = self.filtered(lambda template: not template.mailroom_kind)
        return super(MailTemplateProgram, others)._has_unsafe_expression()
