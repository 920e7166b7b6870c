from odoo import api, fields, models


class MailroomSendTemplate(models.TransientModel):
    """Choosing another template in the dialog, and texts that must stay as they are."""

    _inherit = "mailroom.send"

    # Numbers, best first: a browser does not keep the order of changed relations.
    template_choices = fields.Json(compute="_compute_template_choices")
    text_fixed = fields.Boolean(compute="_compute_text_fixed")
    is_message = fields.Boolean(compute="_compute_text_fixed")

    @api.depends("res_model", "res_id", "lang", "opened_for")
    def _compute_template_choices(self):
        for wizard in self:
            templates = wizard._document()._mailroom_templates(
                wizard.lang, wizard._purpose_without_template()
            )
            wizard.template_choices = templates.ids

    @api.model
    def _opening_wishes(self, document):
        # EXTENDS: a button may ask for another kind of template than the document's
        wishes = super()._opening_wishes(document)
        wishes.kind = self.env.context.get("mailroom_template_kind") or ""
        if wishes.kind and self.env.context.get("mailroom_pick_template"):
            wishes.template = self.env["mail.template"]
        return wishes

    @api.depends("template_id", "purpose")
    def _compute_text_fixed(self):
        planner = self.env["mailroom.planner"]
        for wizard in self:
            template = wizard.template_id._origin
            wizard.text_fixed = planner._text_is_fixed(template)
            wizard.is_message = wizard.purpose == "message"

    @api.onchange("lang")
    def _onchange_lang_template(self):
        """Take the template that is written in the chosen language: a message in two
        languages is of no use to anybody."""
        if self._template_is_foreign():
            document = self._document()
            fitting = self.env["mail.template"]._mailroom_fitting(
                self.template_id.mailroom_kind, document._mailroom_company(), self.lang
            )
            self.template_id = fitting[:1] or document._mailroom_template_in(self.lang)

    @api.onchange("template_id")
    def _onchange_template_lang(self):
        """Write in the language of a template that a person has picked."""
        if self._template_is_foreign():
            self.lang = self.template_id.mailroom_lang_id.code

    def _template_is_foreign(self):
        template = self.template_id
        known = dict(self.env["res.lang"].get_installed())
        return (
            template.mailroom_lang_id.code in known
            and template._mailroom_rank(self.lang) is None
        )

    def _write_texts(self):
        # EXTENDS: the other template or language may name and attach the PDF otherwise
        plan = super()._write_texts()
        self._refresh_main_file()
        return plan

    def _refresh_main_file(self):
        document = self._document()
        main = self.file_ids.filtered(
            lambda f: (f.res_model, f.res_id) == (document._name, document.id)
        )
        template = self.template_id._origin
        main.name = document._mailroom_pdf_name(self.lang, template)
        planner = self.env["mailroom.planner"]
        main.selected = planner._brings_document(template, self.purpose)
