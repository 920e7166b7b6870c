"""What the tests of templates share."""

from odoo.tests import Form

from ..tools.plan import Wishes


class TemplateCommon:
    """Mixin for tests: templates of ours, and what they say about a document."""

    @classmethod
    def create_template(cls, kind="quotation", lang="en_US", company=None, **values):
        """Create a template of ours; ``lang`` None is "all languages"."""
        language = cls.env["res.lang"]._lang_get(lang) if lang else None
        return cls.env["mail.template"].create(
            {
                "name": f"{kind} {lang}",
                "mailroom_kind": kind,
                "mailroom_lang_id": language.id if language else False,
                "mailroom_company_id": company.id if company else False,
                "mailroom_subject": "{Number}",
                **values,
            }
        )

    @classmethod
    def no_templates(cls):
        """Put the templates that come with the program aside."""
        shipped = cls.env["mail.template"].search([("mailroom_kind", "!=", False)])
        shipped.active = False

    def texts(self, template, document, lang="en_US"):
        """Return what a template says about a document."""
        return template._mailroom_render(document, lang)[document.id]

    def assert_constant_queries(self, template, documents):
        """Check that rendering many documents asks no more than rendering two."""
        template._mailroom_render(documents, "en_US")
        counts = []
        for few in (documents[:2], documents):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            template._mailroom_render(few, "en_US")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1], "queries do not grow with documents")

    def body(self, source, document, lang="en_US"):
        """Return what one HTML text says about a document."""
        kind = document._mailroom_kind()
        template = self.create_template(kind, mailroom_body=source)
        return str(self.texts(template, document, lang).body)

    def plan(self, document, **wishes):
        """Return the plan of a document, as its sender gets it."""
        user = self.sender if document._name == "sale.order" else self.biller
        document = self.as_user(document, user)
        (plan,) = document.env["mailroom.planner"]._plan(document, Wishes(**wishes))
        return plan

    def form(self, template, user):
        """Open the form of a template as a user."""
        return Form(self.as_user(template, user), "mailroom.mail_template_view_form")
