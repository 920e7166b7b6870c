from markupsafe import Markup

from odoo import models

from ..const import PURPOSE_OF_KIND
from ..tools.placeholder_parse import parse
from ..tools.plan import Problem, Wishes
from .mail_template_render import Texts


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
        """Return ``{id: Texts}`` of what a template says."""
        if not template:
            return {}
        # Templates are readable by editors only; the sender sees what they render to.
        template = template.sudo()
        if template.mailroom_kind:
            # Also where the texts are given: what its tags leave open is to be said.
            return template._mailroom_render(documents, lang)
        given = wishes.subject is not None and wishes.body is not None
        return {} if given else self._render_core(template, lang, documents)

    def _render_core(self, template, lang, documents):
        """Return what a template of Odoo's own says, in Odoo's own way."""
        template = template.with_context(lang=lang)
        subjects = template._render_field("subject", documents.ids)
        bodies = template._render_field(
            "body_html", documents.ids, options={"post_process": True}
        )
        return {key: Texts(subjects[key], bodies[key], "") for key in documents.ids}

    def _file_names(self, template, lang, documents, wishes):
        if not template or wishes.files is not None:
            return {}
        return template.sudo()._mailroom_file_names(documents, lang)

    def _fill_texts(self, plan, texts, wishes):
        texts = texts or Texts("", self._signature(plan), "")
        given = Wishes() if self._text_is_fixed(plan.template) else wishes
        plan.subject = texts.subject if given.subject is None else given.subject
        plan.body = texts.body if given.body is None else given.body
        plan.sms_text = texts.sms if given.sms_text is None else given.sms_text
        self._find_open_tags(plan, texts, given)
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

    def _find_open_tags(self, plan, texts, given):
        """Say what the tags of a plan's texts leave open."""
        mail = sms = None
        if given.body is not None:
            mail = (parse(plan.subject), parse(plan.body, html=True))
        if given.sms_text is not None:
            sms = (parse(plan.sms_text),)
        plan.text_problems = self._tag_problems(plan, texts.empty, texts.unknown, mail)
        plan.sms_problems = self._tag_problems(
            plan, texts.sms_empty, texts.sms_unknown, sms
        )

    def _tag_problems(self, plan, empty, unknown, given):
        """Return the problems of tags.

        :param empty: tags of the template that gave nothing
        :param unknown: tags of the template that nobody knows
        :param given: the texts as a person left them, read; None when the template's
            own leave
        """
        problems = []
        if given is not None:
            standing = {tag.key: tag.name for text in given for tag in text.tags()}
            unknown = [name for name in unknown if name.casefold() in standing]
            typed = standing.keys() - {name.casefold() for name in unknown}
            if typed:
                names = [name for key, name in standing.items() if key in typed]
                problems.append(self._typed_tags(names))
        if unknown:
            problems.append(self._unknown_tags(plan.template, unknown))
        if empty:
            message = self.env._(
                "There is nothing to print for %(tags)s. Look at the text.",
                tags=self._tag_list(empty),
            )
            problems.append(Problem("empty_tag", "warn", message))
        return problems

    def _unknown_tags(self, template, names):
        message = self.env._(
            "The template “%(template)s” asks for %(tags)s, which nobody knows. "
            "Correct the text, or choose another template.",
            template=template.sudo().display_name,
            tags=self._tag_list(names),
        )
        return Problem("unknown_tag", "block", message)

    def _typed_tags(self, names):
        # A warning only: a customer may be called like that.
        message = self.env._(
            "%(tags)s is sent as it stands: only templates turn tags into values.",
            tags=self._tag_list(names),
        )
        return Problem("typed_tag", "warn", message)

    def _tag_list(self, names):
        return ", ".join(f"{{{name}}}" for name in names)
