from odoo.tests import tagged

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateChoose(TemplateCommon, MailroomCommon):
    """The right template is found by itself (A4, A5): own company before shared, exact
    language before base language before none."""

    roles = ("sender", "biller", "editor")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.no_templates()
        cls.env["res.lang"]._activate_lang("fr_BE")

    def best(self, lang, company=None, kind="quotation"):
        return self.env["mail.template"]._mailroom_best(
            kind, company or self.company, lang
        )

    def test_exact_language_before_base_before_none(self):
        for lang in (None, "fr_FR", "fr_BE"):
            template = self.create_template(lang=lang)
            self.assertEqual(self.best("fr_BE"), template)

    def test_a_foreign_language_is_never_taken(self):
        self.create_template(lang="fr_FR")
        self.assertFalse(self.best("sv_SE"))

    def test_own_company_before_shared(self):
        shared = self.create_template()
        own = self.create_template(company=self.company)
        self.assertEqual(self.best("en_US"), own)
        self.assertEqual(self.best("en_US", self.company_b), shared)

    def test_ones_own_text_goes_before_the_shipped_one(self):
        shipped = self.env.ref("mailroom.template_quotation_sv")
        shipped.active = True
        own = self.create_template(lang="sv_SE")
        self.assertEqual(self.best("sv_SE"), own)
        own.active = False
        self.assertEqual(self.best("sv_SE"), shipped)

    def test_language_weighs_more_than_company(self):
        self.create_template(lang=None, company=self.company)
        swedish = self.create_template(lang="sv_SE")
        self.assertEqual(self.best("sv_SE"), swedish)

    def test_another_companys_template_is_never_taken(self):
        self.create_template(company=self.company_b)
        self.assertFalse(self.best("en_US"))

    def test_kind_must_be_the_same(self):
        self.create_template("order")
        self.assertFalse(self.best("en_US"))

    def test_what_changes_is_found_at_once(self):
        template = self.create_template()
        self.assertEqual(self.best("en_US"), template)
        template.active = False
        self.assertFalse(self.best("en_US"))
        template.active = True
        template.mailroom_kind = "order"
        self.assertFalse(self.best("en_US"))
        template.unlink()
        self.assertFalse(self.best("en_US", kind="order"))

    def test_the_form_tells_which_text_goes_first(self):
        swedish = self.create_template(lang="sv_SE")
        language = swedish.mailroom_lang_id.name.split(" / ")[-1]
        name = swedish.display_name
        with self.form(self.create_template(lang=None), self.editor) as form:
            self.assertEqual(form.mailroom_rivals, f"{language}: “{name}”")
            form.mailroom_lang_id = self.env["res.lang"]._lang_get("fr_FR")
            self.assertFalse(form.mailroom_rivals)
            form.mailroom_lang_id = swedish.mailroom_lang_id
            self.assertTrue(form.mailroom_rivals, "the older one stays")
        own = self.create_template(lang="sv_SE", company=self.company)
        self.assertFalse(self.as_user(own, self.editor).mailroom_rivals)
        rivals = self.as_user(swedish, self.editor).mailroom_rivals
        self.assertEqual(rivals, f"{language}: “{own.display_name}”")

    def test_the_form_tells_of_texts_for_a_type_of_order(self):
        kind = "booking_confirmation"
        order_type = self.env.ref("mailroom.order_type_work")
        general = self.create_template(kind, company=self.company)
        typed = self.create_template(
            kind, company=self.company, mailroom_order_type_id=order_type.id
        )
        rivals = self.as_user(general, self.editor).mailroom_rivals
        self.assertTrue(rivals.endswith(f"“{typed.display_name}”"), rivals)
        self.assertFalse(self.as_user(typed, self.editor).mailroom_rivals)

    def test_without_one_odoos_own_is_used(self):
        order = self.create_order()
        self.assertEqual(
            order._mailroom_default_template(),
            self.env.ref("sale.email_template_edi_sale"),
        )

    def test_a_plan_takes_the_language_of_the_document(self):
        swedish = self.create_template(lang="sv_SE", mailroom_subject="Offert {Number}")
        self.create_template(mailroom_subject="Quotation {Number}")
        order = self.create_order(invoice_lang="sv_SE")
        plan = self.plan(order)
        self.assertEqual(plan.template, swedish)
        self.assertEqual((plan.lang, plan.subject), ("sv_SE", f"Offert {order.name}"))

    def test_choosing_costs_no_query_per_document(self):
        self.create_template(mailroom_body="<p>{Total} {Customer.Name}</p>")
        orders = self.env["sale.order"]
        for _number in range(6):
            orders |= self.create_order()
        planner = self.env["mailroom.planner"]
        planner._plan(orders)
        counts = []
        for few in (orders[:2], orders):
            self.env.flush_all()
            self.env.invalidate_all()
            template = few[:1]._mailroom_default_template()
            before = self.env.cr.sql_log_count
            template._mailroom_render(few, "en_US")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1], "queries do not grow with documents")
