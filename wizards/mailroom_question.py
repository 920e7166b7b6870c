from odoo import api, fields, models

from ..const import PURPOSE_OF_KIND
from ..tools.plan import Wishes


class MailroomQuestion(models.TransientModel):
    """After somebody has done something the customer should hear of: send it now,
    look first, or not?"""

    _name = "mailroom.question"
    _description = "Question whether to send"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    template_kind = fields.Char(readonly=True)
    question = fields.Char(readonly=True)
    partner_ids = fields.Many2many("res.partner", readonly=True)
    whom = fields.Text("Who Will Get It", compute="_compute_plan")
    trouble = fields.Text(compute="_compute_plan")

    @api.model
    def _ask(self, document, kind, question, partners=None):
        """Return the action that asks whether to send something about a document.

        :param document: one record that inherits ``mailroom.document``
        :param str kind: kind of the template, "" for the document itself
        :param str question: in the user's words
        :param partners: who will get it, None for whom the document proposes
        """
        asked = self.create(
            {
                "res_model": document._name,
                "res_id": document.id,
                "template_kind": kind,
                "question": question,
                "partner_ids": [fields.Command.set(partners.ids if partners else [])],
            }
        )
        return {
            "name": document._mailroom_number(),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": asked.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    @api.depends("res_model", "res_id", "template_kind", "partner_ids")
    def _compute_plan(self):
        for asked in self:
            plan = asked._plan()
            asked.whom = "\n".join(
                f"{recipient.name or ''} <{recipient.address}>".strip()
                for recipient in plan.recipients
            )
            asked.trouble = "\n".join(problem.message for problem in plan.problems)

    def _document(self):
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        document.check_access("read")
        return document

    def _plan(self):
        """Return what would leave.

        :rtype: Plan
        """
        document = self._document()
        planner = self.env["mailroom.planner"]
        (plan,) = planner._plan(document, self._prepare_wishes(document))
        return plan

    def _prepare_wishes(self, document):
        """Return what the question is about.

        :rtype: Wishes
        """
        wishes = Wishes()
        if self.template_kind:
            wishes.template = document._mailroom_template_of(self.template_kind)
            wishes.purpose = PURPOSE_OF_KIND.get(self.template_kind, "document")
        if self.partner_ids:
            planner = self.env["mailroom.planner"]
            wishes.recipients = planner._recipients_for(self.partner_ids)
        return wishes

    # === ANSWERS === #

    def action_send(self):
        """Send it now."""
        dispatch = self.env["mailroom.dispatch"]._send([self._plan()])
        return dispatch._queued_notification()

    def action_look(self):
        """Open the dialog with the same message, to look and change."""
        document = self._document().with_context(
            mailroom_template_kind=self.template_kind,
            mailroom_partner_ids=self.partner_ids.ids,
        )
        return document._mailroom_dialog_action()
