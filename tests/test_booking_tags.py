from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from .booking_common import BookingCommon
from .common import MailroomCommon
from .template_common import TemplateCommon

FRIDAY = datetime(2023, 10, 6, 5)  # 07:00 in Stockholm


@tagged("post_install", "-at_install")
class TestBookingTags(TemplateCommon, BookingCommon, MailroomCommon):
    """Visits in texts: in the customer's language, by the clock of the place (B19 to
    B21)."""

    roles = ("sender",)

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time("2023-10-01 12:00:00"))
        self.order = self.create_booked_order("sv_SE")

    def visit(self, start=FRIDAY, hours=3, who=None, **values):
        stop = start + timedelta(hours=hours)
        return self.book(
            self.order, who=who, **{"start": start, "stop": stop, **values}
        )

    def said(self, tag, lang="sv_SE"):
        """Return what one tag gives in a text message."""
        template = self.create_template(
            "booking_confirmation", None, mailroom_sms_text=f"{{{tag}}}"
        )
        return self.texts(template, self.order, lang).sms

    # === THE EXAMPLE === #

    def test_the_swedish_example(self):
        """The shipped text for service orders, letter by letter."""
        self.visit()
        wanted = [
            "Hej, Kvarteret Björken",
            "Vår servicetekniker Kim Ek kommer till er fredag 06 oktober, "
            "07:00 – 10:00.",
            f"Arbetet gäller Ordernummer: {self.order.name}",
            "Hälsningar Ahlberg Service",
        ]
        self.order.mailroom_order_type_id = self.env.ref("mailroom.order_type_service")
        template = self.template("confirmation_service_sv")
        self.assertEqual(self.plan_of_confirmation().template, template)
        texts = self.texts(template, self.order, "sv_SE")
        self.assertEqual(html2plaintext(texts.body).strip().split("\n"), wanted)
        # The dash of the GSM alphabet: else the message takes three parts, not one.
        self.assertEqual(
            texts.sms.split("\n"), [line.replace("–", "-") for line in wanted]
        )

    def plan_of_confirmation(self):
        template = self.order._mailroom_template_of("booking_confirmation")
        return self.plan(self.order, template=template)

    def test_every_shipped_text_says_it_all(self):
        """All types and languages: who, where, when; nothing unknown, nothing empty."""
        self.visit()
        self.visit(FRIDAY + timedelta(days=7), who=self.lea)
        templates = self.env["mail.template"].search(
            [("mailroom_kind", "=", "booking_confirmation")]
        )
        self.assertEqual(len(templates), 20)
        for template in templates.with_context(active_test=False):
            lang = template.mailroom_lang_id.code
            self.env["res.lang"]._activate_lang(lang)
            texts = self.texts(template, self.order, lang)
            with self.subTest(template=template.display_name):
                self.assertFalse(texts.unknown + texts.empty)
                for text in (str(texts.body), texts.sms):
                    for word in ("Kim Ek", "Lea Öst", self.order.name, "13"):
                        self.assertIn(word, text)

    # === TAGS === #

    def test_tags_of_one_visit(self):
        self.order.mailroom_object_ids = self.env["mailroom.service.object"].create(
            [
                {"name": "Kyl", "number": "17", "partner_id": self.customer.id},
                {"name": "Frys", "partner_id": self.customer.id},
            ]
        )
        self.visit()
        for tag, value in {
            "company": "Ahlberg Service",
            "futureBookings": "Kim Ek, fredag 06 oktober, 07:00 - 10:00",
            "orderRef": self.order.name,
            "nextBooking": "Kim Ek, fredag 06 oktober, 07:00 - 10:00",
            "nextBookingName": "Kim Ek",
            "NextBooking.Name": "Kim Ek",
            "nextBookingDate": "fredag 06 oktober",
            "nextBookingTime": "07:00 - 10:00",
            "facilityOrCustomer": "Kvarteret Björken",
            "customerOrderNumber": "PO 7",
            "serviceObjects": "Frys, Kyl (17)",
            "NextBooking.Place": "Kvarteret Björken, Björkvägen 22, 903 39 Umeå, "
            "Sverige",
            "LaterBookings": "",
        }.items():
            with self.subTest(tag=tag):
                self.assertEqual(self.said(tag).replace("\xa0", " "), value)

    def test_a_nameless_facility_is_called_after_the_customer(self):
        self.facility.name = False
        self.assertEqual(self.said("facilityOrCustomer"), "Kund Fastigheter")

    def test_the_next_one_first_and_nothing_past_or_cancelled(self):
        self.visit(FRIDAY + timedelta(days=3), who=self.lea)
        self.visit()
        self.visit(datetime(2023, 9, 29, 5))
        self.visit(FRIDAY + timedelta(days=1)).action_mailroom_cancel()
        self.assertEqual(
            self.said("futureBookings").split("\n"),
            [
                "Kim Ek, fredag 06 oktober, 07:00 - 10:00",
                "Lea Öst, måndag 09 oktober, 07:00 - 10:00",
            ],
        )
        self.assertEqual(self.said("nextBookingName"), "Kim Ek")
        self.assertEqual(
            self.said("LaterBookings"), "Lea Öst, måndag 09 oktober, 07:00 - 10:00"
        )

    def test_a_list_in_mail(self):
        self.visit()
        self.visit(FRIDAY + timedelta(days=3), who=self.lea)
        template = self.create_template(
            "booking_confirmation", None, mailroom_body="<p>{futureBookings}</p>"
        )
        body = self.texts(template, self.order, "sv_SE").body
        self.assertEqual(body.count("<li>"), 2)

    def test_several_technicians(self):
        self.visit(who=self.kim | self.lea)
        self.assertEqual(self.said("nextBookingName"), "Kim Ek och Lea Öst")
        self.assertEqual(self.said("nextBookingName", "fr_FR"), "Kim Ek et Lea Öst")

    def test_nobody_chosen_yet(self):
        visit = self.visit()
        visit.mailroom_technician_ids = [Command.clear()]
        self.assertEqual(self.said("nextBooking"), "fredag 06 oktober, 07:00 - 10:00")
        template = self.template("confirmation_service_sv")
        texts = self.texts(template, self.order, "sv_SE")
        self.assertIn("Vår servicetekniker kommer till er fredag", texts.sms)

    def test_over_midnight(self):
        self.visit(FRIDAY + timedelta(hours=15), hours=5)
        self.assertEqual(self.said("nextBookingDate"), "fredag 06 oktober")
        self.assertEqual(
            self.said("nextBookingTime"), "22:00 - 03:00 (lördag 07 oktober)"
        )

    def test_whole_days(self):
        visit = self.visit(allday=True, start_date="2023-10-06", stop_date="2023-10-06")
        self.assertEqual(self.said("nextBookingDate"), "fredag 06 oktober")
        self.assertEqual(self.said("nextBookingTime", "en_US"), "all day")
        visit.stop_date = "2023-10-08"
        self.assertEqual(
            self.said("nextBookingDate"), "fredag 06 oktober - söndag 08 oktober"
        )

    # === WHOSE CLOCK === #

    def test_the_days_around_the_change_of_the_clocks(self):
        """Seven o'clock is seven o'clock before and after 29 October."""
        for start in (datetime(2023, 10, 28, 5), datetime(2023, 10, 30, 6)):
            visit = self.visit(start)
            with self.subTest(start=start):
                self.assertEqual(self.said("nextBookingTime"), "07:00 - 10:00")
            visit.action_mailroom_cancel()

    def test_the_clock_of_the_facility(self):
        """A facility in New York: neither the user's clock nor the company's."""
        self.facility.mailroom_tz = "America/New_York"
        self.visit(datetime(2023, 10, 6, 11))
        self.assertEqual(self.said("nextBookingTime"), "07:00 - 10:00")
        self.facility.mailroom_tz = False
        self.assertEqual(self.said("nextBookingTime"), "13:00 - 16:00")

    def test_a_day_that_begins_there(self):
        """Late in the evening of UTC it is the next day in Sydney."""
        self.facility.mailroom_tz = "Australia/Sydney"
        self.visit(datetime(2023, 10, 5, 20))
        self.assertEqual(self.said("nextBookingDate"), "fredag 06 oktober")

    def test_english_clocks(self):
        self.visit()
        words = self.said("nextBookingTime", "en_US").replace("\u202f", " ")
        self.assertEqual(words, "7:00 AM - 10:00 AM")

    def test_cancelled_visits(self):
        self.visit().action_mailroom_cancel()
        template = self.template("cancellation_sv")
        texts = self.texts(template, self.order, "sv_SE")
        self.assertFalse(texts.unknown + texts.empty)
        for text in (str(texts.body), texts.sms.replace("-", "–")):
            self.assertIn("Kim Ek, fredag 06 oktober, 07:00 – 10:00", text)
