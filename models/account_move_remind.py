from odoo import models

from ..tools.plan import Problem

KIND = "payment_reminder"


class AccountMove(models.Model):
    """Whom one may remind of a payment: who has not paid, once it is late."""

    _inherit = "account.move"

    def _mailroom_usable_kinds(self):
        # EXTENDS 'mailroom.document': the plan says when there is no reason to remind
        kinds = super()._mailroom_usable_kinds()
        if self._mailroom_kind() == "invoice":
            kinds.insert(1, KIND)
        return kinds

    def _mailroom_templates(self, lang=None, purpose="document"):
        # EXTENDS 'mailroom.document': no reminder is offered for what is paid
        templates = super()._mailroom_templates(lang, purpose)
        if not self.currency_id.is_zero(self._mailroom_amount_due()):
            return templates
        return templates.filtered(lambda template: template.mailroom_kind != KIND)

    def _mailroom_reminder_problems(self):
        """Return what speaks against reminding of this invoice.

        :rtype: list[Problem]
        """
        if self.currency_id.is_zero(self._mailroom_amount_due()):
            words = self.env._(
                "Nothing is left to pay on %s: there is nothing to remind of.",
                self._mailroom_number(),
            )
            return [Problem("nothing_due", "block", words)]
        if self.invoice_date_due and not self._mailroom_days_overdue():
            words = self.env._(
                "%(invoice)s is not overdue: it is to be paid by %(day)s.",
                invoice=self._mailroom_number(),
                day=self._mailroom_day(self.invoice_date_due),
            )
            return [Problem("not_overdue", "warn", words)]
        return []


class MailroomPlanner(models.AbstractModel):
    """A reminder is looked at before it leaves, by a person, a batch or a rule."""

    _inherit = "mailroom.planner"

    def _find_problems(self, plan, wishes):
        # EXTENDS
        problems = super()._find_problems(plan, wishes)
        # Templates are readable by editors only; its kind is no secret.
        if plan.template and plan.template.sudo().mailroom_kind == KIND:
            problems += plan.document._mailroom_reminder_problems()
        return problems
