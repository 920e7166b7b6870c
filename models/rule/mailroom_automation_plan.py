from dataclasses import replace

from odoo import api, models
from odoo.tools import email_normalize

from ...const import PURPOSE_OF_KIND
from ...tools.plan import Problem


class MailroomAutomationPlan(models.AbstractModel):
    """What a rule would send about each document, and to whom."""

    _inherit = "mailroom.automation"

    @api.model
    def _plans(self, documents, wishes, templates=None):
        """Return a plan per document, without people who do not want such messages.

        :param documents: as ``_on_behalf`` returns them
        :param templates: ``mail.template`` to choose from, None for the usual one
        :rtype: list[Plan]
        """
        if templates is None:
            plans = self._plans_with(documents, wishes)
        else:
            groups = documents.grouped(
                lambda document: self._template_for(templates, document)
            )
            plans = []
            for template, group in groups.items():
                plans += self._plans_with(group, replace(wishes, template=template))
        self._keep_wishes_of_people(plans)
        return plans

    def _plans_with(self, documents, wishes):
        """Return plans that have the text of the rule, or say that it has none."""
        planner = documents.env["mailroom.planner"]
        plans = planner._plan(documents, wishes) if documents else []
        if wishes.kind or wishes.template is not None:
            for plan in [plan for plan in plans if not plan.template]:
                message = self.env._(
                    "No template of “%(rule)s” is for %(document)s of %(company)s.",
                    rule=wishes.rule,
                    document=plan.document._mailroom_number(),
                    company=plan.company.name,
                )
                plan.problems.append(Problem("no_template", "block", message))
        return plans

    @api.model
    def _template_for(self, templates, document):
        """Return the template that fits a document best: of its company, in its
        language, else in none, else in the company's language, else the first; empty
        when none may be used for it."""
        # All texts of a rule are about the same.
        kind = templates[:1].sudo().mailroom_kind
        purpose = PURPOSE_OF_KIND.get(kind, "document")
        lang = document._mailroom_for_purpose(purpose)._mailroom_lang()
        company = document._mailroom_company()
        home = company.partner_id.lang

        def fit(template):
            rank = template._mailroom_rank(lang)
            at_home = template._mailroom_rank(home)
            return (
                template.mailroom_company_id not in (company, company.browse()),
                3 if rank is None else rank,
                3 if at_home is None else at_home,
                template.id,
            )

        usable = templates.filtered(document._mailroom_accepts)
        return usable.sorted(fit)[:1]

    @api.model
    def _keep_wishes_of_people(self, plans):
        """Take out who does not want messages about this, and blacklisted addresses."""
        addresses = {
            email_normalize(recipient.address) or ""
            for plan in plans
            for recipient in plan.recipients
            if recipient.channel == "email"
        }
        # Only whether addresses at hand are on the list is looked up.
        listed = self.env["mail.blacklist"].sudo()
        refused = set(listed.search([("email", "in", list(addresses))]).mapped("email"))
        for plan in plans:
            about = f"mailroom_about_{plan.document._mailroom_topic()}"
            plan.recipients = [
                recipient
                for recipient in plan.recipients
                if email_normalize(recipient.address) not in refused
                and (
                    not recipient.partner
                    or about not in recipient.partner._fields
                    or recipient.partner[about]
                )
            ]

    @api.model
    def _verdict(self, plan):
        """Return why a plan does not leave.

        :return: ``(state of the firing, words)``, empty when it leaves
        :rtype: tuple[str, str]
        """
        if plan.blocked:
            words = [p.message for p in plan.problems if p.level == "block"]
            return "refused", "\n".join(words)
        if not plan.recipients:
            return "nobody", self.env._("Nobody wants messages about this.")
        return "", ""
