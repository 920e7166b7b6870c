from odoo import models


class MailroomPlannerSenders(models.AbstractModel):
    """Who stands in From and Reply-To, found once for all plans that agree on it."""

    _inherit = "mailroom.planner"

    def _plan_senders(self, plans, documents, wishes):
        replies = documents._mailroom_reply_tos()
        accounts = {}
        for plan in plans:
            key = (plan.company, plan.template)
            if key not in accounts:
                accounts[key] = self._account_of(plan, wishes)
            plan.account = accounts[key]
            plan.reply_to = replies[plan.document.id]

    def _account_of(self, plan, wishes):
        """Return the account of a plan, possibly empty (sudo)."""
        if wishes.account is not None:
            return wishes.account
        user = None if wishes.automatic else self.env.user
        servers = self.env["ir.mail_server"]
        return servers._mailroom_account(plan.company, plan.template, user)
