from odoo.tests import tagged

from .booking_common import BookingCommon
from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestBookingHeard(TemplateCommon, BookingCommon, MailroomCommon):
    """A message says what has become of earlier words about visits (B5, B19)."""

    roles = ("sender",)

    def setUp(self):
        super().setUp()
        self.order = self.create_booked_order()

    def told(self):
        """Tell Anna of the visits; return the mail that left."""
        self.tell(self.order)
        self.run_queue()
        return self.mails[-1].text

    def words(self, visit, lang="en_US"):
        """Return a visit in words."""
        return self.order.with_context(lang=lang)._mailroom_visit_text(visit)

    def said(self, tag):
        """Return what one tag gives in a text message."""
        template = self.create_template(
            "booking_confirmation", None, mailroom_sms_text=f"{{{tag}}}"
        )
        return self.plain(self.texts(template, self.order).sms)

    def shipped(self):
        """Yield language, mail and text message of each shipped confirmation."""
        for template in self.env["mail.template"].search(
            [("mailroom_kind", "=", "booking_confirmation")]
        ):
            lang = template.mailroom_lang_id.code
            self.env["res.lang"]._activate_lang(lang)
            texts = self.texts(template, self.order, lang)
            with self.subTest(template=template.display_name):
                self.assertFalse(texts.unknown + texts.empty)
                yield lang, str(texts.body), texts.sms

    def check_said_once(self, words):
        """Check that every shipped text has certain words.

        :param dict words: by language
        """
        for lang, body, sms in self.shipped():
            self.assertEqual(body.count(words[lang]), 1)
            self.assertEqual(self.plain(sms).count(self.plain(words[lang])), 1)

    def plain(self, text):
        """Return a text as a text message has it, whatever its spaces and dashes."""
        for special, usual in (("–", "-"), ("\u202f", " "), ("\xa0", " ")):
            text = text.replace(special, usual)
        return text

    def in_all_languages(self, visit):
        """Return a visit in the words of each language that texts are shipped in."""
        codes = ("en_US", "sv_SE", "cs_CZ", "fr_FR", "ro_RO")
        for code in codes:
            self.env["res.lang"]._activate_lang(code)
        return {code: self.words(visit, code) for code in codes}

    # === CANCELLED === #

    def test_one_of_several_visits_is_cancelled(self):
        """Mail and text say which, in all shipped languages and types."""
        self.book(self.order)
        gone = self.book(self.order, days=5, who=self.lea)
        self.told()
        words = self.in_all_languages(gone)
        gone.action_mailroom_cancel()
        self.check_said_once(words)
        mail = self.told()
        self.assertIn(f"Cancelled:* {words['en_US']}", mail)
        self.assertNotIn("replaces", mail)
        self.assertEqual(self.said("CancelledBookings"), "", "it was told")

    def test_a_visit_nobody_knew_of_is_not_told_as_cancelled(self):
        self.book(self.order)
        self.book(self.order, days=5).action_mailroom_cancel()
        self.assertEqual(self.said("CancelledBookings"), "")
        self.assertNotIn("Cancelled", self.told())

    def test_cancelled_as_the_customer_knows_it(self):
        """Moved without a word and then cancelled: the time he has read of is off."""
        visit = self.book(self.order)
        self.book(self.order, days=9)
        self.told()
        words = self.words(visit)
        self.move(visit, days=1)
        visit.action_mailroom_cancel()
        self.assertEqual(self.plain(self.said("CancelledBookings")), self.plain(words))

    def test_by_telephone(self):
        """A visit that no message told of may be called off by one."""
        visit = self.book(self.order)
        visit.action_mailroom_cancel()
        said = self.said("CancelledBookings")
        self.assertEqual(self.plain(said), self.plain(self.words(visit)))

    # === CHANGED === #

    def test_a_moved_visit_is_no_first_booking(self):
        """Mail and text say what they replace, in all shipped languages and types."""
        visit = self.book(self.order)
        other = self.book(self.order, days=9, who=self.lea)
        self.assertNotIn("replaces", self.told())
        before = self.in_all_languages(visit)
        self.move(visit, days=1)
        self.check_said_once(before)
        mail = self.told()
        self.assertIn(f"replaces what we told you before: {before['en_US']}", mail)
        self.assertEqual(mail.count(self.words(other)), 1, "it stays")
        self.assertNotIn("Cancelled", mail)

    def test_nothing_else_was_told(self):
        """The first message, the same again, and a further visit replace nothing."""
        self.book(self.order)
        self.assertEqual(self.said("ChangedBookings"), "")
        self.told()
        self.assertEqual(self.said("ChangedBookings"), "")
        self.book(self.order, days=9)
        self.assertEqual(self.said("ChangedBookings"), "")

    def test_what_never_left_is_not_replaced(self):
        visit = self.book(self.order)
        self.tell(self.order)
        self.move(visit, days=1)
        self.assertEqual(self.said("ChangedBookings"), "")
        self.assertNotIn("replaces", self.told())

    # === ANOTHER PLACE === #

    def test_another_place_than_the_delivery_address(self):
        """The texts name it beside the facility; without one nothing is added."""
        visit = self.book(self.order)
        for _lang, body, sms in self.shipped():
            self.assertNotIn("Björkvägen", body + sms)
        visit.location = "Gate 4"
        for _lang, body, sms in self.shipped():
            self.assertIn("Gate 4", body)
            self.assertIn("Gate 4", sms)

    def test_the_place_changes(self):
        """The new message names the new place, and the old one as replaced."""
        visit = self.book(self.order, location="Gate 4")
        self.told()
        visit.location = "Harbour 7"
        mail = self.told()
        self.assertIn("Harbour 7", mail)
        self.assertIn("Gate 4", mail.partition("replaces")[2])
        self.assertNotIn("Gate 4", mail.partition("replaces")[0])

    # === HIS ANSWER === #

    def test_the_text_message_asks_for_an_answer(self):
        """All but that of a service order, whose words are given, have the link."""
        visit = self.book(self.order)
        link = self.order._mailroom_plain_answer_link()
        service = self.env.ref("mailroom.order_type_service")
        for template in self.env["mail.template"].search(
            [("mailroom_kind", "=", "booking_confirmation")]
        ):
            with self.subTest(template=template.display_name):
                sms = self.texts(template, self.order).sms
                wanted = template.mailroom_order_type_id != service
                self.assertEqual(link in sms.split(), wanted)
        visit.action_mailroom_cancel()
        sms = self.texts(self.template("confirmation_en"), self.order).sms
        self.assertNotIn("Does the time suit you", sms)
