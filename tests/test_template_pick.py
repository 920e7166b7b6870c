from odoo.tests import Form, tagged

from ..const import BOOKING_KINDS, PURPOSE_OF_KIND
from .booking_common import BookingCommon
from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplatePick(TemplateCommon, BookingCommon, MailroomCommon):
    """What the list of templates in the dialog offers, and in which order (B13)."""

    def press(self, document, method, user=None):
        document = self.as_user(document, user or self.sender)
        action = getattr(document, method)()
        return document.env["mailroom.send"].browse(action["res_id"])

    def offered(self, dialog, limit=8, **values):
        """Return what opens below the field, as the browser asks for it."""
        form = Form(dialog)
        for name, value in values.items():
            form[name] = value
        context = form._get_context("template_id")
        templates = dialog.env["mail.template"].with_context(**context)
        domain = [("id", "in", form.template_choices)]
        found = templates.name_search("", domain, limit=limit)
        return templates.browse([res_id for res_id, _name in found])

    def test_messages_stand_first_where_a_message_is_written(self):
        survey = self.create_template("message", lang=None, name="Survey")
        for index in range(8):
            self.create_template("order", name=f"Agreement {index}")
        order = self.create_order(confirmed=True)
        dialog = self.press(order, "action_mailroom_with_template")
        offered = self.offered(dialog)
        self.assertEqual(len(offered), 8)
        self.assertIn(survey, offered[:2])
        kinds = self.offered(dialog, limit=None).sudo().mapped("mailroom_kind")
        about = [PURPOSE_OF_KIND.get(kind) == "message" for kind in kinds]
        self.assertEqual(about, sorted(about, reverse=True))

    def test_the_document_stands_first_where_it_is_sent(self):
        dialog = self.open_dialog(self.create_order(confirmed=True))
        self.assertEqual(self.offered(dialog)[:1], dialog.template_id)

    def test_the_list_follows_the_language(self):
        dialog = self.open_dialog(self.create_order(invoice_lang="en_US"))
        french = self.env.ref("mailroom.template_quotation_fr")
        self.assertNotIn(french, self.offered(dialog))
        offered = self.offered(dialog, lang="fr_FR")
        self.assertEqual(offered[:1], french)
        codes = offered.sudo().mailroom_lang_id.mapped("code")
        self.assertEqual(codes, ["fr_FR"])

    def test_visits_have_a_dialog_of_their_own(self):
        order = self.create_booked_order()
        visit = self.book(order)
        dialog = self.press(order, "action_mailroom_with_template")
        offered = self.offered(dialog, limit=None).sudo().mapped("mailroom_kind")
        self.assertFalse(set(offered) & set(BOOKING_KINDS))
        dialog = self.press(order, "action_mailroom_booking_send")
        offered = self.offered(dialog, limit=None).sudo().mapped("mailroom_kind")
        self.assertEqual(offered[0], "booking_confirmation")
        self.assertNotIn("booking_cancellation", offered, "nothing is cancelled")
        visit.action_mailroom_cancel()
        dialog = self.press(order, "action_mailroom_booking_send")
        offered = self.offered(dialog, limit=None).sudo().mapped("mailroom_kind")
        self.assertEqual(offered[0], "booking_cancellation")
        self.assertNotIn("booking_confirmation", offered)

    def test_odoos_templates_for_other_cases_are_not_offered(self):
        own = self.env["mail.template"].create(
            {
                "name": "Own words",
                "model_id": self.env["ir.model"]._get_id("account.move"),
                "subject": "Own words",
            }
        )
        dialog = self.open_dialog(self.create_invoice())
        core = (
            self.offered(dialog, limit=None)
            .sudo()
            .filtered(lambda template: not template.mailroom_kind)
        )
        standard = self.env.ref("account.email_template_edi_invoice")
        self.assertEqual(core, own | standard)
