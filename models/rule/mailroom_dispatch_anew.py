import json
from dataclasses import replace

from odoo import models

from ...tools.plan import Recipient, Wishes


class MailroomDispatchAnew(models.Model):
    """What a rule would send now instead of what it made wait some minutes ago: the
    customer may be another one, or may not want it any more."""

    _inherit = "mailroom.dispatch"

    # === WHAT THE RULE WOULD SEND NOW === #

    def _plans_now(self, documents):
        """Return ``{dispatch: (firing, plan)}``: what would leave now, without those
        to whom a person has stopped it; a text of nobody's template stays as it is.

        :param dict documents: ``{dispatch: document}``
        """
        nothing = self.env["mailroom.firing"]
        rows = nothing.search([("dispatch_id", "in", self.ids)])
        firings = {row.dispatch_id: row for row in rows if row.question}
        known = self.filtered(lambda d: d in firings or d.template_id)
        groups = known.grouped(lambda d: d._planning_key(firings.get(d, nothing)))
        result = {}
        for dispatches in groups.values():
            lead = dispatches[0]
            wishes, templates = lead._rule_wishes(firings.get(lead, nothing))
            rules = lead._rules_of_sender()
            ids = [documents[dispatch].id for dispatch in dispatches]
            behalf = rules._on_behalf(rules.env[lead.res_model].browse(ids))
            plans = rules._plans(behalf, wishes, templates)
            by_id = {plan.document.id: plan for plan in plans}
            for dispatch in dispatches:
                plan = by_id[dispatch.res_id]
                dispatch._leave_out_stopped(plan)
                result[dispatch] = (firings.get(dispatch, nothing), plan)
        return result

    def _planning_key(self, firing):
        """Return what messages that are planned together have in common."""
        alone = False if firing.question else self.id
        question = json.dumps(firing.question, sort_keys=True)
        return (self.user_id, self.company_id, firing.rule, question, alone)

    def _rule_wishes(self, firing):
        """Return the wishes and templates of the rule; of a message that no rule knows
        of, what it is."""
        if firing.question:
            return self.env["mailroom.automation"]._question_wishes(firing)
        recipients = [
            Recipient(
                row.address, row.recipient_name, row.partner_id, row.role, row.channel
            )
            for row in self._still_waiting()
        ]
        wishes = Wishes(
            lang=self.lang,
            template=self.template_id or None,
            recipients=recipients,
            files=[],
            purpose=self.purpose,
            rule=self.rule or "",
        )
        return wishes, None

    def _rules_of_sender(self):
        """Return the rules as whoever set this one off has them."""
        user = self.user_id if self.user_id.active else self.env.ref("base.user_root")
        document = self._document().with_user(user).with_context(lang=user.lang)
        lang = document._mailroom_for_staff().env.lang
        rules = self.env["mailroom.automation"].with_user(user)
        return rules.with_context(lang=lang, tz=user.tz)

    def _leave_out_stopped(self, plan):
        stopped = {
            self._recipient_key(row)
            for row in self.delivery_ids - self._still_waiting()
        }
        plan.recipients = [
            recipient
            for recipient in plan.recipients
            if self._recipient_key(recipient) not in stopped
        ]

    def _recipient_key(self, recipient):
        """Return what makes a recipient, or a message to him, the same one."""
        return (recipient.channel, recipient.address.casefold())

    # === INSTEAD === #

    def _fits(self, plan):
        """Return whether what waits is what would leave now, except for its words;
        that fewer people get it changes nothing for the others."""
        template = plan.template or self.env["mail.template"]
        waiting = {self._recipient_key(row) for row in self._still_waiting()}
        wanted = {self._recipient_key(recipient) for recipient in plan.recipients}
        return (
            bool(wanted)
            and wanted <= waiting
            and not plan.blocked
            and (plan.lang, template.id) == (self.lang, self.template_id.id)
        )

    def _make_way(self, firing, plan):
        """Take back what waits, and send what the rule would send now."""
        rules = self._rules_of_sender()
        state, note = rules._verdict(plan)
        changed = rules.env._("The customer, an address or the language has changed.")
        if not self._take_back(note or changed) or not firing:
            return
        if state:
            firing.write({"state": state, "note": note})
            rules._remind(firing.filtered(lambda f: f.state == "refused"))
            return
        wishes, templates = self._rule_wishes(firing)
        wishes = replace(wishes, recipients=plan.recipients)
        rules._carry_out(firing, wishes, templates)
        rules._note(firing)
