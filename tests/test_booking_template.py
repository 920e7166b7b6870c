from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .booking_common import BookingCommon
from .common import MailroomCommon
from .template_common import TemplateCommon

KIND = "booking_confirmation"


@tagged("post_install", "-at_install")
class TestBookingTemplate(TemplateCommon, BookingCommon, MailroomCommon):
    """Each order type has its own booking confirmation (B18)."""

    roles = ("sender",)

    def setUp(self):
        super().setUp()
        self.service = self.env.ref("mailroom.order_type_service")
        self.order = self.create_booked_order("sv_SE")

    def best(self, order_type=None, lang="sv_SE", company=None):
        return self.env["mail.template"]._mailroom_best(
            KIND, company or self.company, lang, order_type
        )

    def typed(self, order_type, **values):
        return self.create_template(
            KIND, mailroom_order_type_id=order_type and order_type.id, **values
        )

    def test_the_shipped_one_of_the_type(self):
        for name in ("work", "service", "contact"):
            order_type = self.env.ref(f"mailroom.order_type_{name}")
            self.assertEqual(
                self.best(order_type), self.template(f"confirmation_{name}_sv")
            )
        self.assertEqual(self.best(), self.template("confirmation_sv"))

    def test_exact_type_before_none_and_never_another(self):
        self.no_templates()
        work = self.env.ref("mailroom.order_type_work")
        self.typed(work, lang="sv_SE")
        self.assertFalse(self.best(self.service))
        untyped = self.typed(None, lang="sv_SE")
        self.assertEqual(self.best(self.service), untyped)
        typed = self.typed(self.service, lang="sv_SE")
        self.assertEqual(self.best(self.service), typed)
        self.assertEqual(self.best(), untyped)
        typed.mailroom_order_type_id = work
        self.assertEqual(self.best(self.service), untyped)

    def test_a_text_of_ones_own_company_before_a_shared_one(self):
        own = self.typed(None, lang="sv_SE", company=self.company)
        self.assertEqual(self.best(self.service), own)
        self.assertEqual(
            self.best(self.service, company=self.company_b),
            self.template("confirmation_service_sv"),
        )

    def test_a_new_type_gets_the_text_for_all(self):
        inspection = self.env["mailroom.order.type"].create({"name": "Inspection"})
        self.assertEqual(self.best(inspection), self.template("confirmation_sv"))

    def test_the_order_decides(self):
        self.book(self.order)
        self.order.mailroom_order_type_id = self.service
        dispatch = self.tell(self.order)
        self.assertEqual(dispatch.template_id, self.template("confirmation_service_sv"))
        self.assertEqual(dispatch.lang, "sv_SE")
        self.assertIn("Vår servicetekniker Kim Ek", dispatch.body)
        self.assertIn("Vår servicetekniker Kim Ek", dispatch.sms_text)

    def test_the_contact_reads_his_own_language(self):
        """Bo reads Swedish, the order is English and stays so: subject and text about
        the visit are Swedish."""
        self.bo.lang = "sv_SE"
        order = self.create_booked_order(mailroom_contact_id=self.bo.id)
        self.book(order)
        dispatch = self.tell(order)
        self.assertEqual(dispatch.lang, "sv_SE")
        self.assertEqual(dispatch.template_id, self.template("confirmation_sv"))
        self.assertIn("Bokat besök", dispatch.subject)
        self.assertEqual(self.plan(order).lang, "en_US")
        action = self.as_user(order, self.sender).action_mailroom_booking_send()
        wizard = self.env["mailroom.send"].browse(action["res_id"])
        self.assertEqual(wizard.lang, "sv_SE")
        choices = self.env["mail.template"].browse(wizard.template_choices)
        self.assertIn(self.template("confirmation_sv"), choices)
        self.assertNotIn(self.template("confirmation_en"), choices)

    def test_a_language_chosen_on_the_order_is_kept(self):
        """So is the one that his company wants all its letters in."""
        order = self.create_booked_order("sv_SE", mailroom_contact_id=self.bo.id)
        self.book(order)
        self.assertEqual(self.tell(order).lang, "sv_SE")
        self.bo.lang = "sv_SE"
        self.customer.invoice_lang = "en_US"
        order = self.create_booked_order(mailroom_contact_id=self.bo.id)
        self.book(order)
        self.assertEqual(self.tell(order).lang, "en_US")

    def test_only_these_kinds_have_a_type(self):
        with self.assertRaisesRegex(ValidationError, "no booking message"):
            self.create_template("order", mailroom_order_type_id=self.service.id)
        typed = self.typed(self.service)
        typed.mailroom_kind = "message"
        self.assertFalse(typed.mailroom_order_type_id)

    def test_the_preview_shows_an_order_with_a_visit(self):
        self.book(self.order)
        self.create_booked_order("sv_SE")
        template = self.template("confirmation_service_sv")
        self.assertEqual(template.mailroom_sample, self.order)
        self.assertIn("Kim Ek", template.mailroom_preview)
