from odoo import http
from odoo.http import request

HEADERS = {
    # The address is the key: it goes nowhere else, is kept nowhere, found by nobody.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}
# The second one is short enough for a text message.
ROADS = ["/mailroom/booking/<string:token>", "/mr/<string:token>"]


class BookingAnswer(http.Controller):
    """The page on which a customer answers a booking confirmation. The token is all
    that counts: no session is read, none is made."""

    @http.route(
        ROADS,
        type="http",
        auth="none",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def show(self, token, **_ignored):
        """Show a booking. Programs that follow links in mail change nothing."""
        booking, delivery = self._env()["calendar.event"]._mailroom_by_token(token)
        if not booking:
            return self._not_found()
        return self._page(booking._mailroom_answer_page(delivery), delivery)

    # Whoever has the token may answer: there is no session that could be misused.
    @http.route(
        ROADS,
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        readonly=False,
        save_session=False,
    )
    def answer(self, token, answer="", note="", seen="", **_ignored):
        """Take an answer and show what was answered.

        :param str answer: confirmed, declined or asked
        :param str note: the customer's own words
        :param str seen: the version of the booking that was on his screen
        """
        booking, delivery = self._env()["calendar.event"]._mailroom_by_token(token)
        if not booking:
            return self._not_found()
        if seen != booking._mailroom_version():
            page = booking._mailroom_answer_page(delivery, moved=True)
            return self._page(page, delivery, status=409)
        booking._mailroom_take_answer(delivery, answer, note)
        return request.redirect(request.httprequest.path, code=303)

    def _env(self):
        """Return the environment of somebody nobody knows, whoever is logged in."""
        public = request.env.ref("base.public_user")
        return request.env(user=public.id)

    def _page(self, values, delivery, status=200):
        lang = delivery.dispatch_id.lang
        return self._render("mailroom.booking_answer", values, lang, status)

    def _not_found(self):
        """Return the one answer to everything that is no link of ours any more."""
        return self._render("mailroom.booking_answer_gone", {}, request.best_lang, 404)

    def _render(self, template, values, lang, status):
        env = self._env()
        lang = env["ir.http"].get_nearest_lang(lang) or "en_US"
        engine = env["ir.qweb"].with_context(lang=lang)
        values = {**values, "lang": lang.replace("_", "-")}
        html = engine._render(template, values, minimal_qcontext=True)
        headers = [("Content-Type", "text/html; charset=utf-8"), *HEADERS.items()]
        return request.make_response(html, headers=headers, status=status)
