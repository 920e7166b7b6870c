from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..const import TEMPLATE_KINDS


class MailroomCoverage(models.AbstractModel):
    """Which texts there are: kinds × languages × companies, and what is missing before
    a customer meets it."""

    _name = "mailroom.coverage"
    _description = "Language coverage"

    @api.model
    def get_matrix(self):
        """Return the matrix of the user's companies and the languages in use.

        :return: ``languages`` as ``{code, name}``, and per company its ``rows``, one
            per kind, with a cell per language (its ``state``: see ``_state``)
        :rtype: dict
        """
        self._check_editor()
        languages = [
            {"code": code, "name": name.split(" / ")[-1]}
            for code, name in self.env["res.lang"].get_installed()
        ]
        return {
            "languages": languages,
            "companies": [
                {
                    "id": company.id,
                    "name": company.name,
                    "rows": self._rows(company, [lang["code"] for lang in languages]),
                }
                for company in self.env.companies
            ],
        }

    def _check_editor(self):
        if not self.env.user.has_group("mailroom.mailroom_group_template_editor"):
            raise AccessError(self.env._("Only template editors see the coverage."))

    def _rows(self, company, codes):
        labels = self.env["mail.template"]._fields["mailroom_kind"]
        return [
            {
                "kind": kind,
                "label": label,
                "cells": [self._cell(kind, company, code) for code in codes],
            }
            for kind, label in labels._description_selection(self.env)
        ]

    def _cell(self, kind, company, code):
        """Return what documents of a kind, company and language get."""
        best = self.env["mail.template"]._mailroom_best(kind, company, code)
        return {
            "lang": code,
            "state": self._state(best, code),
            "template": best.id,
            "name": best.display_name or "",
        }

    def _state(self, best, code):
        """Return own, shared (by all companies), inherited (from another language) or
        missing."""
        if not best:
            return "missing"
        if best.mailroom_lang_id.code != code:
            return "inherited"
        return "own" if best.mailroom_company_id else "shared"

    @api.model
    def make(self, kind, company_id, lang):
        """Create the missing template from the one that comes nearest, once.

        :param str kind: a key of ``const.TEMPLATE_KINDS``
        :param int company_id: one of the user's companies
        :param str lang: code of an active language
        :return: the action that opens the company's template
        """
        self._check_editor()
        company = self.env.companies.filtered(lambda c: c.id == company_id)
        language = self.env["res.lang"].search([("code", "=", lang)], limit=1)
        if not company or not language or kind not in dict(TEMPLATE_KINDS):
            raise UserError(
                self.env._(
                    "There is no such kind, language or company to write a "
                    "template for."
                )
            )
        template = self._own(kind, company, lang)
        if not template:
            template = self._begin(kind, company, language)
        return template._mailroom_open()

    def _own(self, kind, company, lang):
        """Return the text a company has for a language already: who clicks twice gets
        one."""
        best = self.env["mail.template"]._mailroom_best(kind, company, lang)
        return best if self._state(best, lang) == "own" else best.browse()

    def _begin(self, kind, company, language):
        """Return a new template that begins as a copy of the nearest one, with its
        files and its sender account."""
        source = self._source(kind, company, language.code)
        values = {
            "name": source.name or dict(TEMPLATE_KINDS).get(kind, kind),
            "mailroom_kind": kind,
            "mailroom_lang_id": language.id,
            "mailroom_company_id": company.id,
            "mailroom_order_type_id": False,
        }
        return source.copy(values) if source else source.create(values)

    def _source(self, kind, company, lang):
        """Return the template that is best to begin with: in this language, else in
        English, else in any."""
        templates = self.env["mail.template"]
        for code in (lang, "en_US", self.env.lang):
            if best := templates._mailroom_best(kind, company, code):
                return best
        return templates.search([("mailroom_kind", "=", kind)], limit=1)
