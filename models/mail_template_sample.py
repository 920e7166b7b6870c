from odoo import api, fields, models

from ..tools.sms_text import measure
from .mail_template_check import TEXTS


class MailTemplateSample(models.Model):
    """What a template looks like for a real document, while it is being written."""

    _inherit = "mail.template"

    mailroom_sample = fields.Reference(
        selection="_selection_mailroom_sample",
        string="Shown For",
        compute="_compute_mailroom_sample",
        readonly=False,
        store=False,
        help="A real document: the panel and the preview show its values.",
    )
    mailroom_sample_lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Shown In",
        compute="_compute_mailroom_sample_lang",
        readonly=False,
        store=False,
    )
    mailroom_tags = fields.Json(compute="_compute_mailroom_tags")
    mailroom_faults = fields.Text(compute="_compute_mailroom_preview")
    mailroom_preview = fields.Text(compute="_compute_mailroom_preview")
    mailroom_preview_subject = fields.Char(compute="_compute_mailroom_preview")
    mailroom_preview_sms = fields.Text(compute="_compute_mailroom_preview")
    mailroom_sms_length = fields.Char(compute="_compute_mailroom_preview")
    mailroom_preview_file_name = fields.Char(compute="_compute_mailroom_preview")

    # === THE DOCUMENT === #

    @api.model
    def _selection_mailroom_sample(self):
        """Return the models of documents, with their names."""
        models_of_documents = self.env.registry["mailroom.document"]._inherit_children
        return [
            (name, self.env["ir.model"]._get(name).name)
            for name in sorted(models_of_documents)
            if not self.env[name]._abstract
        ]

    @api.depends("mailroom_kind", "mailroom_company_id", "mailroom_lang_id")
    def _compute_mailroom_sample(self):
        for template in self:
            sample = template._mailroom_find_sample()
            template.mailroom_sample = sample or False

    def _mailroom_find_sample(self):
        """Return the newest document of the template's kind that the user may read,
        one in the template's language if there is one."""
        for name, _label in self._selection_mailroom_sample():
            documents = self.env[name]
            kinds = documents._mailroom_template_kinds()
            if self.mailroom_kind not in kinds or not documents.has_access("read"):
                continue
            domain = documents._mailroom_kind_domain(self.mailroom_kind)
            if self.mailroom_company_id:
                domain &= fields.Domain("company_id", "=", self.mailroom_company_id.id)
            spoken = fields.Domain("invoice_lang", "=", self.mailroom_lang_id.code)
            for wanted in (domain & spoken, domain):
                if found := documents.search(wanted, limit=1, order="id desc"):
                    return found
        return None

    @api.depends("mailroom_lang_id", "mailroom_sample")
    def _compute_mailroom_sample_lang(self):
        active = dict(self.env["res.lang"].get_installed())
        for template in self:
            sample = template._mailroom_readable_sample()
            lang = template.mailroom_lang_id.code
            if lang not in active:
                lang = sample._mailroom_lang() if sample else self.env.lang
            template.mailroom_sample_lang = lang

    def _mailroom_readable_sample(self):
        """Return the document, None when there is none or the user may not read it."""
        sample = self.mailroom_sample
        sample = sample and sample.exists()
        if not sample or not sample.has_access("read"):
            return None
        return sample if sample._mailroom_kind() else None

    # === THE PANEL === #

    @api.depends("mailroom_kind", "mailroom_sample", "mailroom_sample_lang")
    def _compute_mailroom_tags(self):
        tags = self.env["mailroom.tag"]
        for template in self:
            sample = template._mailroom_readable_sample()
            if sample:
                sample = sample._mailroom_for_values(template.mailroom_sample_lang)
            kind = template.mailroom_kind
            template.mailroom_tags = tags._panel(kind, sample) if kind else []

    # === THE PREVIEW === #

    @api.depends(*TEXTS, "mailroom_kind", "mailroom_sample", "mailroom_sample_lang")
    def _compute_mailroom_preview(self):
        for template in self:
            kind = template.mailroom_kind
            faults = template._mailroom_fault_sentences() if kind else []
            template.mailroom_faults = "\n".join(faults)
            template.update(template._mailroom_preview_values(faults))

    def _mailroom_preview_values(self, faults):
        sample = self._mailroom_readable_sample() if self.mailroom_kind else None
        # What is wrong is not shown as if it were right, and never evaluated.
        if not sample or any(map(self._mailroom_is_program, TEXTS)) and faults:
            return self._mailroom_no_preview()
        lang = self.mailroom_sample_lang
        texts = self._mailroom_render(sample, lang)[sample.id]
        layout = self.env["mailroom.layout"]
        html = layout._render(
            sample,
            texts.body,
            subject=texts.subject,
            lang=lang,
            partner=sample.partner_id,
        )
        return {
            "mailroom_preview": layout._preview(html, sample._mailroom_company()),
            "mailroom_preview_subject": texts.subject,
            "mailroom_preview_sms": texts.sms,
            "mailroom_sms_length": self._mailroom_sms_words(
                sample._mailroom_longest_sms(texts.sms)
            ),
            "mailroom_preview_file_name": sample._mailroom_pdf_name(lang, self),
        }

    def _mailroom_no_preview(self):
        return {
            "mailroom_preview": False,
            "mailroom_preview_subject": False,
            "mailroom_preview_sms": False,
            "mailroom_sms_length": False,
            "mailroom_preview_file_name": False,
        }

    def _mailroom_sms_words(self, text):
        """Return in words how long a text message is."""
        if not text:
            return False
        length = measure(text)
        words = self.env._(
            "%(letters)s characters (%(alphabet)s), %(parts)s part(s), room for "
            "%(room)s more",
            letters=length.letters,
            alphabet=length.alphabet,
            parts=length.parts,
            room=length.room,
        )
        if not length.unicode_because:
            return words
        return self.env._(
            "%(words)s. Shorter parts because of: %(letters)s",
            words=words,
            letters=" ".join(length.unicode_because[:10]),
        )
