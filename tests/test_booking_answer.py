from datetime import timedelta

from odoo import fields

from .booking_answer_common import BookingAnswerCommon

HOSTILE = 'Monday?\r\nBcc: spy@evil.test\n<b onclick="x">{{ 7*7 }}</b> ${6*7}\x00'


class TestBookingAnswer(BookingAnswerCommon):
    """The customer answers by the link in his message, without a login; the planner
    hears of it (G11, S8)."""

    roles = ("sender", "internal", "manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "sales_team.group_sale_salesman_all_leads"
        cls.planner = cls.create_user("planner", group)

    def test_confirm(self):
        page = self.answer("confirmed")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.history[0].status_code, 303)
        self.assertIn("You have confirmed this visit", page.text)
        self.assertEqual(self.state(), ("confirmed", ""))
        self.assertTrue(self.visit.mailroom_answered_at)

    def test_decline_and_ask_for_another_time(self):
        for answer, words in (
            ("declined", "You have declined this visit"),
            ("asked", "You have asked for another time"),
        ):
            page = self.answer(answer, note="On Monday, please")
            self.assertIn(words, page.text)
            self.assertIn("On Monday, please", page.text)
            self.assertEqual(self.state(), (answer, "On Monday, please"))

    def test_the_planner_hears_of_it(self):
        before = self.order.message_ids
        self.answer("asked", note="On Monday, please")
        new = self.order.message_ids - before
        message = new.filtered(lambda m: m.author_id == self.anna)
        self.assertIn("Anna Ek asks for another time", message.body)
        self.assertIn("On Monday, please", message.body)
        self.assertIn(self.sender.partner_id, message.notification_ids.res_partner_id)
        self.assertNotIn(self.anna, message.notification_ids.res_partner_id)
        (todo,) = self.order.activity_ids
        self.assertEqual(todo.user_id, self.sender)
        self.assertTrue(todo.create_uid.with_user(self.sender).has_access("read"))
        self.assertIn("On Monday, please", todo.note)
        self.assertFalse(
            self.env["mailroom.delivery"].search([("state", "=", "queued")])
        )

    def notified(self, answer):
        """Answer, and return who is told and who gets the to-do."""
        before = self.order.message_ids
        self.answer(answer)
        told = (self.order.message_ids - before).notification_ids.res_partner_id
        return told, self.order.activity_ids.user_id

    def test_whoever_booked_hears_of_it_and_so_does_the_salesperson(self):
        self.visit.user_id = self.planner
        told, todo = self.notified("declined")
        self.assertEqual(told, (self.planner | self.sender).partner_id)
        self.assertEqual(todo, self.planner)

    def test_when_the_salesperson_has_left_somebody_hears_of_it(self):
        self.answer("declined")
        self.visit.user_id = self.planner
        self.sender.active = False
        told, todo = self.notified("asked")
        self.assertEqual(told, self.planner.partner_id)
        self.assertEqual(todo, self.planner)
        self.planner.active = False
        told, todo = self.notified("declined")
        self.assertIn(self.manager.partner_id, told)
        self.assertNotIn(self.sender.partner_id, told)
        self.assertTrue(todo.has_group("mailroom.mailroom_group_manager"))

    def test_who_may_not_read_the_order_gets_no_to_do_at_it(self):
        """The technician moved the visit and became its organizer."""
        self.visit.user_id = self.internal
        told, todo = self.notified("declined")
        self.assertEqual(told, self.sender.partner_id)
        self.assertEqual(todo, self.sender)

    def test_changing_ones_mind_all_the_time_fills_nothing(self):
        before = self.order.message_ids
        for number in range(6):
            self.answer("declined", note=str(number))
            self.answer("confirmed")
        self.answer("asked", note="On Monday, please")
        new = self.order.message_ids - before
        new = new.filtered(lambda message: message.author_id == self.anna)
        self.assertEqual(len(new), 3)
        self.assertIn("On Monday, please", new.sorted("id")[-1].body)
        self.assertIn("On Monday, please", self.order.activity_ids.note)
        new.write({"date": fields.Datetime.now() - timedelta(minutes=11)})
        self.answer("confirmed")
        self.assertIn("confirmed", self.order.message_ids[:1].body)
        self.assertNotIn(self.order.message_ids[:1], new)

    def test_the_to_do_ends_with_its_reason(self):
        self.answer("declined")
        self.assertTrue(self.order.activity_ids)
        self.answer("confirmed")
        self.assertFalse(self.order.activity_ids)
        self.answer("asked")
        self.assertTrue(self.order.activity_ids)
        self.visit.write(
            {
                "start": self.visit.start + timedelta(days=1),
                "stop": self.visit.stop + timedelta(days=1),
            }
        )
        self.assertFalse(self.order.activity_ids)
        self.assertEqual(self.state(), ("planned", ""))

    def test_the_same_answer_again_is_no_news(self):
        self.answer("declined", note="No")
        before, at = self.order.message_ids, self.visit.mailroom_answered_at
        for _ in range(5):
            self.answer("declined", note="No")
        self.assertEqual(self.order.message_ids, before)
        self.assertEqual(self.visit.mailroom_answered_at, at)
        self.assertEqual(len(self.order.activity_ids), 1)

    def test_hostile_words_stay_words(self):
        self.answer("asked", note=HOSTILE + "x" * 1000)
        note = self.visit.mailroom_answer_note
        self.assertLessEqual(len(note), 500)
        self.assertNotIn("\r", note)
        self.assertNotIn("\x00", note)
        shown = self.url_open(self.path).text
        told = self.order.message_ids[:1].body + self.order.activity_ids.note
        for text in (shown, told):
            self.assertNotIn("<b onclick", text)
            self.assertIn("&lt;b onclick", text)
            self.assertIn("{{ 7*7 }}", text)
        self.send_confirmation_again()
        self.assertIsNone(self.mails[-1]["Bcc"])

    def send_confirmation_again(self):
        self.create_visit(days=9)
        self.send_confirmation()

    def test_an_answer_about_a_time_that_changed_is_not_taken(self):
        seen = self.visit._mailroom_version()
        self.visit.write(
            {
                "start": self.visit.start + timedelta(days=1),
                "stop": self.visit.stop + timedelta(days=1),
            }
        )
        page = self.url_open(self.path, data={"answer": "confirmed", "seen": seen})
        self.assertEqual(page.status_code, 409)
        self.assertIn("was changed while this page was open", page.text)
        self.assertEqual(self.state(), ("planned", ""))

    def test_an_answer_about_a_place_that_changed_is_not_taken(self):
        for change in (
            lambda: self.order.partner_shipping_id.write({"street": "Nygatan 9"}),
            lambda: self.visit.write({"location": "Gate 7"}),
            lambda: self.company.write({"mailroom_tz": "Asia/Tokyo"}),
        ):
            seen = self.visit._mailroom_version()
            self.assertIn(seen, self.url_open(self.path).text)
            change()
            page = self.url_open(self.path, data={"answer": "confirmed", "seen": seen})
            self.assertEqual(page.status_code, 409)
            self.assertEqual(self.state(), ("planned", ""))

    def test_the_page_has_the_same_version_in_every_language(self):
        self.delivery.dispatch_id.lang = "sv_SE"
        self.assertIn(self.visit._mailroom_version(), self.url_open(self.path).text)
        self.answer("confirmed")
        self.assertEqual(self.state(), ("confirmed", ""))

    def test_a_cancelled_visit_says_so(self):
        self.visit.action_mailroom_cancel()
        page = self.url_open(self.path)
        self.assertIn("This visit has been cancelled", page.text)
        self.assertNotIn("<form", page.text)
        self.answer("confirmed")
        self.assertEqual(self.state(), ("cancelled", ""))

    def test_until_the_visit(self):
        now = fields.Datetime.now()
        self.visit.write(
            {"start": now - timedelta(hours=1), "stop": now + timedelta(hours=1)}
        )
        self.assertNotIn("<form", self.url_open(self.path).text)
        self.answer("declined")
        self.assertEqual(self.state(), ("planned", ""))
        self.visit.stop = now - timedelta(minutes=1)
        self.assertEqual(self.url_open(self.path).status_code, 404)

    def test_nonsense_is_no_answer(self):
        for answer in ("", "planned", "cancelled", "1", "confirmed'--"):
            self.answer(answer)
            self.assertEqual(self.state(), ("planned", ""))
        note = {"note": ("a.txt", b"bytes", "text/plain")}
        data = {"answer": "asked", "seen": self.visit._mailroom_version()}
        result = self.url_open(self.path, data=data, files=note)
        self.assertEqual(result.status_code, 200)
