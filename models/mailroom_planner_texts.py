from markupsafe import Markup

from odoo import models

from ..const import PURPOSE_OF_KIND
from ..tools.plan import Problem


class MailroomPlannerTexts(models.AbstractModel):
    """Subject, text and file name of plans, one template and language at a time."""

    _inherit = "mailroom.planner"

    def _plan_texts(self, plans, wishes):
        groups = {}
        for plan in plans:
            groups.setdefault((plan.template, plan.lang), []).append(plan)
        for (template, lang), members in groups.items():
            documents = members[0].document.browse([p.document.id for p in members])
            texts = self._texts_of(template, lang, documents, wishes)
            names = self._file_names(template, lang, documents, wishes)
            for plan in members:
                self._fill_texts(plan, texts.get(plan.document.id), wishes)
                plan.file_name = names.get(plan.document.id, "")

    def _texts_of(self, template, lang, documents, wishes):
        """Return ``{id: (subject, body, SMS text, problems)}`` of what a template
        says."""
        given = wishes.subject is not None and wishes.body is not None
        if not template or (given and not self._text_is_fixed(template)):
            return {}
        # Templates are readable by editors only; the sender sees what they render to.
        template = template.sudo()
        if not template.mailroom_kind:
            return self._render_core(template, lang, documents)
        return {
            res_id: (
                texts.subject,
                texts.body,
                texts.sms,
                self._tag_problems(template, texts),
            )
            for res_id, texts in template._mailroom_render(documents, lang).items()
        }

    def _render_core(self, template, lang, documents):
        """Return what a template of Odoo's own says, in Odoo's own way."""
        template = template.with_context(lang=lang)
        subjects = template._render_field("subject", documents.ids)
        bodies = template._render_field(
            "body_html", documents.ids, options={"post_process": True}
        )
        return {key: (subjects[key], bodies[key], "", []) for key in documents.ids}

    def _file_names(self, template, lang, documents, wishes):
        if not template or wishes.files is not None:
            return {}
        return template.sudo()._mailroom_file_names(documents, lang)

    def _fill_texts(self, plan, texts, wishes):
        subject, body, sms_text, problems = texts or (
            "",
            self._signature(plan),
            "",
            [],
        )
        fixed = self._text_is_fixed(plan.template)
        own_subject = wishes.subject is None or fixed
        own_body = wishes.body is None or fixed
        plan.subject = subject if own_subject else wishes.subject
        plan.body = body if own_body else wishes.body
        own_sms = wishes.sms_text is None or fixed
        plan.sms_text = sms_text if own_sms else wishes.sms_text
        if own_body:
            plan.problems += problems
        if not plan.subject:
            plan.subject = plan.document._mailroom_number()

    def _text_is_fixed(self, template):
        """Return whether the sender must take a template's text as it is."""
        if not template:
            return False
        template = template.sudo()
        return bool(template.mailroom_kind) and not template.mailroom_editable

    def _signature(self, plan):
        """Return what a text without a template begins with: the user's signature."""
        document = plan.document._mailroom_for_values(plan.lang)
        signature = document._mailroom_signature()
        html = getattr(signature, "html", "")
        # Cleaned by the document; a name without a signature is no markup.
        return Markup("<p><br/></p>") + Markup(html) if html else ""

    def _lang(self, document, template):
        """Return the language of a message nobody has chosen one for: the document's,
        unless the template is written in a foreign one."""
        lang = document._mailroom_lang()
        if not template:
            return lang
        template = template.sudo()
        foreign = template.mailroom_kind and template._mailroom_rank(lang) is None
        return template.mailroom_lang_id.code if foreign else lang

    def _purpose(self, template, wishes):
        """Return whether the message is the document itself or words about it."""
        kind = template.sudo().mailroom_kind if template else wishes.kind
        return PURPOSE_OF_KIND.get(kind, "document") if kind else wishes.purpose

    # === PROBLEMS === #

    def _tag_problems(self, template, texts):
        """Return what the tags of a text leave open."""
        problems = []
        if texts.unknown:
            message = self.env._(
                "The template “%(template)s” asks for %(tags)s, which nobody knows. "
                "Correct the template, or choose another one.",
                template=template.display_name,
                tags=self._tag_list(texts.unknown),
            )
            problems.append(Problem("unknown_tag", "block", message))
        if texts.empty:
            message = self.env._(
                "There is nothing to print for %(tags)s. Look at the text.",
                tags=self._tag_list(texts.empty),
            )
            problems.append(Problem("empty_tag", "warn", message))
        return problems

    def _tag_list(self, names):
        return ", ".join(f"{{{name}}}" for name in names)
