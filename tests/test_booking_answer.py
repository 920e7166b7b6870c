from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..tools.answer_token import make_token
from .common import MailroomCommon

HOSTILE = 'Monday?\r\nBcc: spy@evil.test\n<b onclick="x">{{ 7*7 }}</b> ${6*7}\x00'


@tagged("post_install", "-at_install")
class TestBookingAnswer(HttpCase, MailroomCommon):
    """The customer answers by the link in his message, without a login (G11, S8, S12,
    S13)."""

    registry_test_mode = True
    roles = ("sender", "internal")

    def setUp(self):
        super().setUp()
        self.order = self.create_order(confirmed=True)
        self.visit = self.create_visit()
        self.send_confirmation()

    def create_visit(self, days=3, order=None):
        start = fields.Datetime.now() + timedelta(days=days)
        return self.env["calendar.event"].create(
            {
                "name": "Visit",
                "mailroom_order_id": (order or self.order).id,
                "mailroom_technician_ids": [Command.set(self.internal.ids)],
                "start": start,
                "stop": start + timedelta(hours=2),
            }
        )

    def send_confirmation(self):
        self.as_user(self.order, self.sender).mailroom_booking_send()
        self.run_queue()
        self.delivery = self.dispatches(self.order)[:1].delivery_ids
        self.url = self.visit._mailroom_answer_url(self.delivery)
        self.path = "/" + self.url.split("/", 3)[3]

    def answer(self, answer, path=None, **values):
        """Press a button of the page, as a browser does, and return what it shows."""
        seen = self.visit._mailroom_version()
        result = self.url_open(
            path or self.path, data={"answer": answer, "seen": seen, **values}
        )
        self.env.invalidate_all()
        return result

    def state(self):
        self.env.invalidate_all()
        return (self.visit.mailroom_visit_state, self.visit.mailroom_answer_note or "")

    # === THE LINK === #

    def test_the_mail_has_the_readers_own_link(self):
        (mail,) = self.mails
        self.assertEqual(mail.recipient, "anna@kund.test")
        self.assertIn(f'href="{self.url}"', mail.html)
        self.assertIn(self.url, mail.text)
        # Who reads the history may not answer in the customer's name
        history = self.order.message_ids.mapped("body")
        self.assertNotIn(self.url, "".join(history))

    def test_every_recipient_and_every_visit_has_another_link(self):
        later = self.create_visit(days=5)
        self.send_confirmation()
        other = self.delivery.copy({"address": "bo@kund.test", "dedup_key": "other"})
        links = {
            visit._mailroom_answer_url(delivery)
            for visit in self.visit | later
            for delivery in self.delivery | other
        }
        self.assertEqual(len(links), 4)

    def test_an_sms_has_a_short_link_to_the_same_page(self):
        self.delivery.channel = "sms"
        url = self.visit._mailroom_answer_url(self.delivery)
        base = self.order.get_base_url()
        self.assertLessEqual(len(url) - len(base), 36)
        path = url.removeprefix(base)
        self.assertEqual(self.url_open(path).status_code, 200)
        self.answer("confirmed", path)
        self.assertEqual(self.state(), ("confirmed", ""))

    def test_the_tag_gives_the_readers_own_link(self):
        plain = self.order._mailroom_plain_answer_link()
        body = f'<p>Answer: <a href="{plain}">{plain}</a></p>'
        order = self.delivery._with_answer_link(self.order)
        opened = order._mailroom_open_links(body, self.anna)
        self.assertNotIn(plain, opened)
        self.assertEqual(opened.count(self.url), 2)

    # === LOOKING === #

    def test_the_page_shows_the_visit_in_the_customers_language(self):
        self.order.client_order_ref = "PO-77"
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        for text in (self.company.name, self.internal.name, self.order.name, "PO-77"):
            self.assertIn(text, page.text)
        self.assertIn('lang="en-US"', page.text)
        self.delivery.dispatch_id.lang = "sv_SE"
        swedish = self.url_open(self.path).text
        self.assertIn('lang="sv-SE"', swedish)
        self.assertIn(self.visit.with_context(lang="sv_SE")._mailroom_when(), swedish)

    def test_looking_changes_nothing(self):
        """Link scanners follow links, with any parameters they like."""
        before = self.order.message_ids
        query = "?answer=declined&seen=0&note=x"
        for _ in range(3):
            self.assertEqual(self.url_open(self.path + query).status_code, 200)
            head = self.url_open(self.path + query, method="HEAD")
            self.assertEqual(head.status_code, 200)
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            self.url_open(self.path, method=method)
        self.assertEqual(self.state(), ("planned", ""))
        self.assertEqual(self.order.message_ids, before)

    def test_the_page_gives_the_address_to_nobody(self):
        headers = self.url_open(self.path).headers
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        self.assertNotIn("Set-Cookie", headers)

    def test_the_page_leads_to_the_other_visits(self):
        later = self.create_visit(days=5)
        url = later._mailroom_answer_url(self.delivery)
        self.assertIn(url, self.url_open(self.path).text)
        self.assertIn(later._mailroom_when(), self.url_open(self.path).text)

    # === ANSWERING === #

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
        message = self.order.message_ids - before
        self.assertEqual(message.author_id, self.anna)
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

    # === WHO MAY === #

    def forged(self):
        """Yield paths that are no link of ours, or not any more."""
        key = self.visit._mailroom_answer_key()
        other = self.create_order(self.company_b)
        visit_b = self.create_visit(order=other)
        gone = self.env["calendar.event"].search([], order="id desc", limit=1).id + 99
        road, _slash, token = self.path.rpartition("/")
        yield f"{road}/{token[:-1]}"
        yield f"{road}/{token}0"
        yield f"{road}/{'A' * 22}{token[22:]}"
        yield f"{road}/{token.swapcase()}"
        yield f"{road}/%00"
        yield f"{road}/%F0%9F%94%91"
        # Made with the right key, about what does not belong together
        yield f"{road}/{make_token(key, visit_b.id, self.delivery.id)}"
        yield f"{road}/{make_token(key, gone, self.delivery.id)}"
        yield f"{road}/{make_token(key, self.visit.id, 2**31)}"
        yield f"{road}/{make_token(b'another key', self.visit.id, self.delivery.id)}"

    def test_what_is_no_link_of_ours_is_always_the_same_404(self):
        pages = set()
        for path in self.forged():
            with self.subTest(path=path):
                shown = self.url_open(path)
                said = self.url_open(path, data={"answer": "declined", "seen": "0"})
                self.assertEqual((shown.status_code, said.status_code), (404, 404))
                pages |= {shown.text, said.text}
        self.assertEqual(len(pages), 1)
        self.assertNotIn(self.company.name, pages.pop())
        self.assertEqual(self.state(), ("planned", ""))

    def test_a_deleted_visit_is_gone(self):
        self.env.cr.execute("DELETE FROM calendar_event WHERE id = %s", self.visit.ids)
        self.env.invalidate_all()
        self.assertEqual(self.url_open(self.path).status_code, 404)

    def test_whoever_is_logged_in_does_not_matter(self):
        """The session gives nothing and takes nothing (S13)."""
        self.authenticate(self.sender.login, self.sender.login)
        page = self.url_open(self.path)
        self.assertNotIn(self.sender.name, page.text.replace(self.internal.name, ""))
        self.assertEqual(self.url_open(self.path + "0").status_code, 404)
        self.answer("declined")
        self.assertEqual(self.state(), ("declined", ""))
        self.assertEqual(self.order.message_ids[:1].author_id, self.anna)

    def test_the_token_opens_nothing_else(self):
        token = self.path.rpartition("/")[2]
        for path in (
            f"/my/orders/{self.order.id}?access_token={token}",
            f"/mailroom/booking/{self.visit.id}",
            "/mailroom/booking",
        ):
            page = self.url_open(path)
            self.assertNotIn(self.order.name, page.text)
