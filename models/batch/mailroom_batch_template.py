from odoo import api, fields, models

from ...tools.plan import Problem


class MailroomBatchTemplate(models.Model):
    """The text that a person has chosen for a batch, and whether it fits."""

    _inherit = "mailroom.batch"

    template_kinds = fields.Json(
        compute="_compute_template_kinds",
        help="The kinds of templates that fit a document of the batch.",
    )

    @api.depends("line_ids.res_model", "line_ids.kind")
    def _compute_template_kinds(self):
        # Not by its lines: the page of thousands is loaded again and again.
        groups = self.env["mailroom.batch.line"]._read_group(
            [("batch_id", "in", self.ids)],
            ["batch_id", "res_model", "kind"],
            ["res_id:max"],
        )
        kinds = {}
        for batch, res_model, _kind, res_id in groups:
            # One document tells for all of its kind, and nothing but the kinds.
            document = self.env[res_model].sudo().browse(res_id).exists()
            usable = document._mailroom_usable_kinds() if document else ()
            kinds.setdefault(batch.id, set()).update(usable)
        for batch in self:
            batch.template_kinds = sorted(kinds.get(batch._origin.id, ()))


class MailroomBatchLineTemplate(models.Model):
    _inherit = "mailroom.batch.line"

    def _template_problems(self, plan):
        """Return what is wrong with a template that a person has chosen."""
        chosen = self.template_id if self.own_template else self.batch_id.template_id
        if not chosen:
            return []
        if plan.template != chosen:
            words = self.env._(
                "“%s” is not for this document: it gets its own text.",
                chosen.sudo().name,
            )
            return [Problem("other_template", "warn", words)]
        wanted = plan.document._mailroom_lang()
        if self.own_lang or plan.lang == wanted:
            return []
        names = dict(self.env["res.lang"].get_installed())
        words = self.env._(
            "The text is in %(text)s, the customer reads %(wanted)s.",
            text=names.get(plan.lang, plan.lang),
            wanted=names.get(wanted, wanted),
        )
        return [Problem("other_language", "warn", words)]
