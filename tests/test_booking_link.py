from ..tools.answer_token import make_token
from ..tools.plan import Recipient, Wishes
from ..tools.sms_text import measure
from .booking_answer_common import BookingAnswerCommon


class TestBookingLink(BookingAnswerCommon):
    """The link to answer a booking message: whose it is, what it shows, and that it
    gives nothing to anybody else (G11, S12, S13)."""

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

    def test_a_text_message_has_the_short_link_of_its_reader(self):
        self.delivery.channel = "sms"
        plain = self.order._mailroom_plain_answer_link()
        self.delivery.dispatch_id.sms_text = f"We come on Friday. Answer: {plain}"
        short = self.visit._mailroom_answer_url(self.delivery)
        text = self.delivery._own_sms_text(self.order)
        self.assertEqual(text, f"We come on Friday. Answer: {short}")

    def test_the_length_that_is_shown_is_that_of_the_longest_copy(self):
        self.delivery.channel = "sms"
        plain = self.order._mailroom_plain_answer_link()
        text = f"Answer: {plain}"
        own = text.replace(plain, self.visit._mailroom_answer_url(self.delivery))
        longest = self.order._mailroom_longest(text)
        self.assertTrue(len(own) <= len(longest) <= len(own) + 9)
        self.company.mailroom_sms_max_parts = 1
        wishes = Wishes(
            recipients=[Recipient("+46705123456", channel="sms")],
            sms_text=text + "x" * (160 - len(text)),
        )
        self.assertEqual(measure(wishes.sms_text).parts, 1)
        order = self.as_user(self.order, self.sender)
        (plan,) = order.env["mailroom.planner"]._plan(order, wishes)
        self.assertIn("sms_too_long", [p.code for p in plan.problems])

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
        self.assertIn(self.anna, self.order.message_ids.author_id)

    def test_the_token_opens_nothing_else(self):
        token = self.path.rpartition("/")[2]
        for path in (
            f"/my/orders/{self.order.id}?access_token={token}",
            f"/mailroom/booking/{self.visit.id}",
            "/mailroom/booking",
        ):
            page = self.url_open(path)
            self.assertNotIn(self.order.name, page.text)
