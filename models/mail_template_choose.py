import math

from odoo import api, models, tools

CHOICE = (
    "active",
    "mailroom_kind",
    "mailroom_lang_id",
    "mailroom_company_id",
    "mailroom_order_type_id",
    "mailroom_shipped",
)


class MailTemplateChoose(models.Model):
    """Which template fits a document best. Its language comes first (the exact one, the
    base language, none), for nobody shall get a text he cannot read. Among those of one
    language: own company before shared, a text for its type of order before one for all
    types, one's own before the one that came with the program."""

    _inherit = "mail.template"

    @api.model
    def _mailroom_best(self, kind, company, lang, order_type=None):
        """Return the template for a kind of document, empty when there is none.

        :param str kind: a key of ``const.TEMPLATE_KINDS``
        :param company: the document's company
        :param str lang: the document's language code
        :param order_type: ``mailroom.order.type`` of the document, or nothing
        """
        best_id = self._mailroom_best_id(
            kind or "", company.id, lang or "", order_type.id if order_type else False
        )
        return self.browse(best_id)

    @tools.ormcache("kind", "company_id", "lang", "type_id")
    def _mailroom_best_id(self, kind, company_id, lang, type_id):
        # Which text a document gets does not depend on who looks at it.
        company = self.env["res.company"].browse(company_id)
        order_type = self.env["mailroom.order.type"].browse(type_id or ())
        fitting = self.sudo()._mailroom_fitting(kind, company, lang, order_type)
        return fitting[:1].id

    @api.model
    def _mailroom_fitting(self, kind, company, lang, order_type=None):
        """Return the templates of a kind that documents in a language may have.

        :return: best first; none in a foreign language, none for another type of order
        """
        types = order_type.ids if order_type else []
        templates = self.search(
            [
                ("mailroom_kind", "=", kind),
                ("mailroom_company_id", "in", [False, *company.ids]),
                ("mailroom_order_type_id", "in", [False, *types]),
            ],
            order="id",
        )
        return templates._mailroom_best_first(lang)

    def _mailroom_best_first(self, lang):
        """Return those of these templates that documents in a language may have, in
        the order in which they fit; one that is being written counts as the newest."""
        ranks = {template: template._mailroom_rank(lang) for template in self}
        return self.filtered(lambda t: ranks[t] is not None).sorted(
            lambda t: (
                ranks[t],
                not t.mailroom_company_id,
                not t.mailroom_order_type_id,
                bool(t.mailroom_shipped),
                t._origin.id or math.inf,
            )
        )

    def _mailroom_rank(self, lang):
        """Return how far the language of a template is from another.

        :return: 0 the same, 1 the same base (French for French of Belgium), 2 no
            language, None a foreign one
        """
        code = self.mailroom_lang_id.code
        if not code:
            return 2
        if code == lang:
            return 0
        return 1 if code.split("_")[0] == (lang or "").split("_")[0] else None

    # === CACHE === #

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS: a new template may be the best one
        templates = super().create(vals_list)
        if any(templates.mapped("mailroom_kind")):
            self.env.registry.clear_cache()
        return templates

    def write(self, vals):
        # EXTENDS: another one may be the best now
        result = super().write(vals)
        if any(name in vals for name in CHOICE):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        # EXTENDS: the best one may be gone
        if any(self.mapped("mailroom_kind")):
            self.env.registry.clear_cache()
        return super().unlink()
