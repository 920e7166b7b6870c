from odoo import api, models
from odoo.fields import Domain

from ...const import PURPOSE_OF_KIND


class MailroomDispatchAnswer(models.Model):
    """Whoever sends what a rule asks about has answered the question."""

    _inherit = "mailroom.dispatch"

    @api.model
    def _write_down(self, plans):
        # EXTENDS: the dialog, the batch, the rule
        dispatches = super()._write_down(plans)
        dispatches._answer_questions()
        return dispatches

    @api.model
    def _send_message(self, *args, **kwargs):
        # EXTENDS: Odoo's own flows
        dispatch = super()._send_message(*args, **kwargs)
        dispatch._answer_questions()
        return dispatch

    def _answer_questions(self):
        """Ask nothing more about what these messages say."""
        said = {}
        for dispatch in self:
            said.setdefault((dispatch.res_model, dispatch.res_id), set()).add(
                dispatch._answered_kind()
            )
        domain = Domain.OR(
            Domain("res_model", "=", model)
            & Domain("res_id", "in", dispatches.mapped("res_id"))
            for model, dispatches in self.grouped("res_model").items()
        )
        # Whoever sends it need not be who was asked.
        asked = self.env["mailroom.firing"].sudo()
        asked = asked.search(domain & Domain("state", "=", "asked"))
        asked.filtered(
            lambda f: (
                said.get((f.res_model, f.res_id), set())
                & set((f.question or {}).get("answers", ()))
            )
        ).state = "declined"

    def _answered_kind(self):
        """Return what the message is: of words about a document, which ones."""
        return self._answer_of(self.template_id.mailroom_kind, self.purpose)

    @api.model
    def _answer_of(self, kind, purpose):
        return kind if purpose == "message" else purpose


class MailroomAutomationAnswer(models.AbstractModel):
    _inherit = "mailroom.automation"

    @api.model
    def _answers(self, wishes, templates):
        """Return what answers a question, as ``_answered_kind`` has it."""
        kinds = {wishes.kind}
        if templates is not None:
            kinds = set(templates.mapped("mailroom_kind"))
        answer_of = self.env["mailroom.dispatch"]._answer_of
        return sorted(
            answer_of(kind, PURPOSE_OF_KIND.get(kind, "document")) for kind in kinds
        )
