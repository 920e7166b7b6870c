from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools.placeholder_check import check
from ..tools.placeholder_parse import parse
from ..tools.placeholder_tidy import tidy

TEXTS = (
    "mailroom_subject",
    "mailroom_body",
    "mailroom_sms_text",
    "mailroom_file_name",
)
# Fields that Odoo's own renderer evaluates: a template of ours has none of them.
EVALUATED = (
    "subject",
    "body_html",
    "email_from",
    "email_to",
    "email_cc",
    "partner_to",
    "reply_to",
    "lang",
    "scheduled_date",
)


class MailTemplateCheck(models.Model):
    """What is wrong with a template, in words, before it is saved."""

    _inherit = "mail.template"

    @api.constrains("mailroom_kind", *TEXTS)
    def _check_mailroom_texts(self):
        for template in self.filtered("mailroom_kind"):
            sentences = template._mailroom_fault_sentences()
            if sentences:
                raise ValidationError("\n".join(sentences))

    @api.constrains("mailroom_kind", "model_id", *EVALUATED)
    def _check_mailroom_evaluated(self):
        for template in self.filtered("mailroom_kind"):
            if template.model_id or any(template[name] for name in EVALUATED):
                raise ValidationError(
                    self.env._(
                        "“%s” is a template of Mailroom: it has no document model, and "
                        "its subject, text, recipients and language are those of "
                        "Mailroom.",
                        template.name,
                    )
                )

    def _mailroom_parsed(self, name, links=False):
        """Return one of the texts, read.

        :param str name: one of ``TEXTS``
        :param bool links: whether links to this very server are written in full
        :rtype: tools.placeholder.Template
        """
        if name != "mailroom_body":
            return parse(self[name])
        html = tidy(self[name])
        return parse(self._replace_local_links(html) if links else html, html=True)

    def _mailroom_fault_sentences(self):
        """Return what is wrong with the texts, a sentence each.

        :rtype: list[str]
        """
        self.ensure_one()
        tags = self.env["mailroom.tag"]
        names = tags._names(self.mailroom_kind)
        elsewhere = tags._elsewhere(self.mailroom_kind)
        sentences = {}
        for name in TEXTS:
            label = self._fields[name]._description_string(self.env)
            faults = check(self._mailroom_parsed(name), names, elsewhere)
            for sentence in self._mailroom_program_faults(name, faults):
                sentences[f"{label}: {sentence}"] = True
            for fault in faults:
                if fault.code != "program":
                    sentence = self._mailroom_fault_words(fault)
                    sentences[f"{label}: {sentence}"] = True
        return list(sentences)

    def _mailroom_program_faults(self, name, faults):
        if self._mailroom_is_program(name):
            return (
                [] if self._mailroom_may_program() else [self._mailroom_no_programs()]
            )
        # A file name is never evaluated by anybody.
        programs = [fault.source for fault in faults if fault.code == "program"]
        return [self.env._("“%s” is no tag.", text) for text in programs]

    def _mailroom_fault_words(self, fault):
        """Return one fault in words, with what to do."""
        words = {
            "brace": self.env._("a brace { is opened and never closed."),
            "stray": self.env._("a brace } is closed and was never opened."),
            "inside": self.env._("between { and } only the name of a tag may stand."),
            "default": self.env._(
                "behind | in a tag only plain words may stand: no other tag, nothing "
                "bold or coloured."
            ),
            "name": self.env._("“%s” is no tag.", fault.source),
            "unclosed": self.env._("[[ is opened and never closed with ]]."),
            "unopened": self.env._("]] closes a part that no [[ has opened."),
            "crossing": self.env._(
                "a part from [[ to ]] must begin and end in the same paragraph or cell."
            ),
            "place": self.env._(
                "{%s} cannot stand here: tags may stand in the text and in addresses "
                "of links and pictures.",
                fault.name,
            ),
        }
        if fault.code in words:
            return words[fault.code]
        if fault.code == "other_kind":
            return self._mailroom_other_kind(fault)
        if fault.nearest:
            return self.env._(
                "there is no tag {%(name)s}. Did you mean {%(nearest)s}?",
                name=fault.name,
                nearest=fault.nearest,
            )
        return self.env._(
            "there is no tag {%s}. All tags stand in the panel beside the text.",
            fault.name,
        )

    def _mailroom_other_kind(self, fault):
        labels = dict(self._fields["mailroom_kind"]._description_selection(self.env))
        kinds = dict.fromkeys(labels.get(kind, kind) for kind in fault.kinds)
        return self.env._(
            "the tag {%(name)s} exists for %(kinds)s, not for %(kind)s.",
            name=fault.name,
            kinds=", ".join(kinds),
            kind=labels[self.mailroom_kind],
        )
