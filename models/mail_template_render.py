import re
from dataclasses import dataclass

from markupsafe import Markup

from odoo import models

from ..tools.placeholder_render import Mask, render
from ..tools.sms_text import plainer

# Spaces that break lines; those within an amount of French or Czech do not.
_BREAKING = re.compile(r"[^\S\xa0\u2007\u202f]+")
RENDERED = ("mailroom_subject", "mailroom_body", "mailroom_sms_text")


@dataclass(frozen=True)
class Texts:
    """What a template says about one document; ``empty`` and ``unknown`` are tags of
    subject and text, the others those of the text message."""

    subject: str
    body: Markup
    sms: str
    empty: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    sms_empty: tuple[str, ...] = ()
    sms_unknown: tuple[str, ...] = ()


class MailTemplateRender(models.Model):
    """From a template and documents to texts. The values go in last, and nobody reads
    them again: not this engine, not QWeb, not ``{{ }}``."""

    _inherit = "mail.template"

    def _mailroom_render(self, documents, lang):
        """Return the texts of each document.

        The template is parsed once; values are fetched for all documents at a time.

        :param documents: recordset of one model, readable by the user
        :param str lang: language of the texts
        :return: ``{id: Texts}``
        :rtype: dict
        """
        self.ensure_one()
        fillers = {
            name: self._mailroom_filler(name, documents, lang) for name in RENDERED
        }
        texts = {}
        for document, lookup in self._mailroom_lookups(documents, lang):
            done = {name: fill(document.id, lookup) for name, fill in fillers.items()}
            texts[document.id] = self._mailroom_texts(*done.values())
        return texts

    def _mailroom_texts(self, subject, body, sms):
        seen = (subject, body)
        return Texts(
            _BREAKING.sub(" ", subject.text).strip(),
            Markup(body.text),
            plainer(sms.text).strip(),
            tuple(dict.fromkeys(name for text in seen for name in text.empty)),
            tuple(dict.fromkeys(name for text in seen for name in text.unknown)),
            sms.empty,
            sms.unknown,
        )

    def _mailroom_file_names(self, documents, lang):
        """Return ``{id: name}`` of the PDFs as the template has it, unsafe still.

        Empty when the template says nothing about it.
        """
        if not self.mailroom_kind or not self.mailroom_file_name:
            return {}
        parsed = self._mailroom_parsed("mailroom_file_name")
        return {
            document.id: render(parsed, lookup).text
            for document, lookup in self._mailroom_lookups(documents, lang)
        }

    def _mailroom_lookups(self, documents, lang):
        """Yield ``(document, lookup)``: the values of each document's tags."""
        tags = self.env["mailroom.tag"]
        for members in documents.grouped(lambda d: d._mailroom_company()).values():
            ready = members._mailroom_for_values(lang)
            # The catalogue speaks the document's language, too.
            catalogue = tags.with_context(lang=lang)._catalogue(self.mailroom_kind)
            for document in ready:
                yield document, tags._lookup(self.mailroom_kind, document, catalogue)

    def _mailroom_filler(self, name, documents, lang):
        """Return a function from a document's id and lookup to a rendered text."""
        if not self._mailroom_is_program(name):
            parsed = self._mailroom_parsed(name, links=True)
            return lambda _id, lookup: render(parsed, lookup)
        mask = Mask(self._mailroom_parsed(name))
        template = self.with_context(lang=lang)
        engine = "qweb" if name == "mailroom_body" else "inline_template"
        sources = template._render_template(
            mask.source,
            documents._name,
            documents.ids,
            engine=engine,
            options={"post_process": engine == "qweb"},
        )
        return lambda res_id, lookup: mask.fill(sources[res_id], lookup)
