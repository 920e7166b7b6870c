from odoo import api, fields, models

from .mailroom_batch_line import RETRYABLE


class MailroomBatchLineActions(models.Model):
    """What a person does with one line: look at it, check it again, send it alone."""

    _inherit = "mailroom.batch.line"

    preview = fields.Text(compute="_compute_preview")

    def _check_may_act(self):
        self.check_access("write")

    def action_preview(self):
        """Show the message of this line as its recipient will see it."""
        self.ensure_one()
        view = self.env.ref("mailroom.mailroom_batch_line_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.document_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_check(self):
        """Look at the line again, after something about it was mended elsewhere."""
        self._check_may_act()
        # Rights were checked; lines are written by the program only.
        self.sudo().filtered(lambda line: line._may_change())._check_again()
        return True

    def action_retry(self):
        """Send this line alone that was not sent."""
        self._check_may_act()
        lines = self.sudo().filtered(lambda line: line.result in RETRYABLE)
        lines._retry(self.env.user)
        return True

    @api.depends("template_id", "lang", "recipients", "batch_id.one_mail")
    def _compute_preview(self):
        layout = self.env["mailroom.layout"]
        for line in self:
            document, body, subject, lang = line._shown_texts()
            if not document:
                line.preview = False
                continue
            html = layout._render(document, body, subject=subject, lang=lang)
            line.preview = layout._preview(html, line.company_id)

    def _shown_texts(self):
        """Return document, body, subject and language: what left, else what would."""
        # Who may see the line may see its message, whoever sent it.
        sent = self.sudo().dispatch_id
        if sent and self.is_started:
            return self._document(), sent.body, sent.subject, sent.lang
        batch = self.batch_id
        lines = self
        if batch.one_mail:
            lines = batch.line_ids.filtered(
                lambda line: line.customer_id == self.customer_id and line.selected
            )
        plans = batch._plan_lines(lines | self)
        plan = plans.get(self)
        if not plan:
            return self._document(), "", "", ""
        for bundle in batch._bundles(plans):
            batch._bundle(bundle)
        return plan.document, plan.body, plan.subject, plan.lang
