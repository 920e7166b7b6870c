import pytz

from odoo.tests import Form, tagged

from .booking_answer_common import BookingAnswerCommon
from .company import create_company


@tagged("post_install", "-at_install")
class TestBookingZone(BookingAnswerCommon):
    """The customer reads hours by the clock of the place: neither by that of whoever
    typed the address in, nor by that of whoever happens to look."""

    roles = ("sender", "internal", "manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mailroom_tz = "Asia/Tokyo"
        groups = "sales_team.group_sale_salesman,base.group_partner_manager"
        cls.clerk = cls.create_user("clerk", groups)

    def said(self):
        """Return day and time as mail and page have them, which is the same."""
        when = self.order.with_context(lang="en_US")._mailroom_when(
            self.order._mailroom_visit_values(self.visit)
        )
        self.assertIn(when, self.mails[-1].text)
        self.assertIn(when, self.url_open(self.path).text)
        return when

    def hour(self, zone):
        """Return how a clock there shows the start of the visit."""
        start = pytz.utc.localize(self.visit.start).astimezone(pytz.timezone(zone))
        return f" {start.strftime('%I:%M').lstrip('0')}\u202f{start.strftime('%p')} –"

    def test_mail_and_page_have_the_companys_clock(self):
        self.assertIn(self.hour("Asia/Tokyo"), self.said())

    def test_the_clock_of_whoever_typed_the_address_does_not_count(self):
        partners = self.as_user(self.env["res.partner"], self.clerk)
        facility = partners.with_context(tz="America/New_York").create(
            {"name": "Dock", "type": "delivery", "parent_id": self.customer.id}
        )
        self.assertEqual(facility.tz, "America/New_York")
        self.order.partner_shipping_id = facility
        self.send_confirmation()
        self.assertIn(self.hour("Asia/Tokyo"), self.said())

    def test_a_facility_may_have_its_own(self):
        with Form(self.as_user(self.customer, self.clerk)) as form:
            with form.child_ids.new() as address:
                address.type = "delivery"
                address.name = "Dock"
                address.mailroom_tz = "America/New_York"
        dock = self.customer.child_ids.filtered(lambda child: child.name == "Dock")
        self.order.partner_shipping_id = dock
        self.send_confirmation()
        self.assertIn(self.hour("America/New_York"), self.said())

    # === THE COMPANY'S === #

    def test_a_mail_manager_sets_it(self):
        settings = self.env["mailroom.settings"].with_user(self.manager)
        action = settings.with_company(self.company).action_open()
        with Form(settings.browse(action["res_id"])) as form:
            form.mailroom_tz = "Europe/Prague"
        self.assertEqual(self.company.mailroom_tz, "Europe/Prague")
        log = self.env["mailroom.setting.log"].search([], limit=1)
        self.assertEqual((log.old, log.new), ("Asia/Tokyo", "Europe/Prague"))
        settings = settings.browse(action["res_id"])
        with self.assertRaisesRegex(AssertionError, "required"), Form(settings) as form:
            form.mailroom_tz = False

    def test_a_new_company_has_one(self):
        self.env.ref("base.user_admin").tz = "Europe/Madrid"
        first = create_company(self.env, "Casa", "casa.test")
        self.assertEqual(first.mailroom_tz, "Europe/Madrid", "the administrator's")
        self.env.user.tz = "Europe/Bucharest"
        second = create_company(self.env, "Casa B", "casab.test")
        self.assertEqual(second.mailroom_tz, "Europe/Bucharest")
