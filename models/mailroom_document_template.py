from odoo import api, models
from odoo.fields import Domain

from ..const import PURPOSE_OF_KIND
from ..tools.file_name import safe_file_name


class MailroomDocumentTemplate(models.AbstractModel):
    """Which template a document gets by itself, and which others a person may pick."""

    _inherit = "mailroom.document"

    @api.model
    def _mailroom_template_kinds(self):
        """Return the kinds of templates that documents of this model may have.
        TO OVERRIDE."""
        return []

    @api.model
    def _mailroom_kind_domain(self, kind):
        """Return the domain of the documents that templates of a kind are for.
        TO OVERRIDE."""
        return Domain.TRUE

    def _mailroom_usable_kinds(self):
        """Return the kinds of templates for this very document, its own first."""
        return [self._mailroom_kind(), "message"]

    def _mailroom_own_template(self):
        """Return the template of ours for the document's kind, company and language,
        empty when there is none."""
        return self._mailroom_template_of(self._mailroom_kind())

    def _mailroom_order_type(self):
        """Return the type of order that a template may be for. TO OVERRIDE."""
        return self.env["mailroom.order.type"]

    def _mailroom_default_template(self):
        """Return the template for this document: ours, else Odoo's, possibly empty."""
        return self._mailroom_own_template() or self._mailroom_core_template()

    def _mailroom_template_of(self, kind):
        """Return the template of a kind for this document, empty when there is none.

        :param str kind: a key of ``const.TEMPLATE_KINDS``
        """
        templates = self.env["mail.template"]
        if kind not in self._mailroom_usable_kinds():
            return templates
        company, lang = self._mailroom_company(), self._mailroom_print_lang()
        return templates._mailroom_best(
            kind, company, lang, self._mailroom_order_type()
        )

    def _mailroom_template_in(self, lang):
        """Return the template the document gets by itself for a message in a language.

        :param str lang: language code, None for the document's own
        """
        return self.with_context(mailroom_lang=lang)._mailroom_default_template()

    def _mailroom_templates(self, lang=None, purpose="document"):
        """Return the templates a person may pick for a message about this document:
        ours in the order in which they fit, then those for Odoo's own sending.

        :param str lang: language of the message, None for the document's own
        :param str purpose: what is to be sent; templates for that come first
        """
        templates = self.env["mail.template"]
        company = self._mailroom_company()
        for kind in self._mailroom_pickable_kinds(purpose):
            reader = self._mailroom_for_purpose(PURPOSE_OF_KIND.get(kind, "document"))
            wanted = lang or reader._mailroom_lang()
            templates |= templates._mailroom_fitting(
                kind, company, wanted, self._mailroom_order_type()
            )
        return templates | self._mailroom_core_templates()

    def _mailroom_pickable_kinds(self, purpose):
        """Return the kinds of templates to pick from, those for a purpose first."""
        return sorted(
            self._mailroom_usable_kinds(),
            key=lambda kind: PURPOSE_OF_KIND.get(kind, "document") != purpose,
        )

    def _mailroom_core_templates(self):
        """Return the template that Odoo takes for this document, and those that people
        have made themselves; the others of Odoo are for other cases."""
        made = self.env["mail.template"].search(
            [
                ("model", "=", self._name),
                ("mailroom_kind", "=", False),
                ("template_category", "=", "custom_template"),
            ]
        )
        return made | self._mailroom_core_template()

    def _mailroom_accepts(self, template):
        """Return whether a template may be used for this document: of its kind, and
        no other company's."""
        template = template.sudo()
        if not template.mailroom_kind:
            return template.model == self._name
        owner = template.mailroom_company_id
        return template.mailroom_kind in self._mailroom_usable_kinds() and (
            not owner or owner == self._mailroom_company()
        )

    def _mailroom_pdf_name(self, lang, template=None):
        """Return the name of the PDF: what the template says, else the number.

        :param str lang: language code
        :param template: ``mail.template``, None for the one the document gets by itself
        """
        if template is None:
            template = self._mailroom_template_in(lang)
        named = template.sudo()._mailroom_file_names(self, lang).get(self.id)
        if named:
            return safe_file_name(named, ".pdf")
        return self.with_context(lang=lang)._mailroom_file_name(lang)
