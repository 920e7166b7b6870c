"""The web side of the catcher: pages for people, JSON for programs, an SMS gateway."""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

from dev.catcher import gateway, pages, sms_pages
from dev.catcher.mail import Mail
from dev.catcher.sms import SmsStore
from dev.catcher.store import MailStore
from dev.ports import LOOPBACK

PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'"
)
# A mail is foreign content: no script, no form, no request but for pictures of the
# Odoo on this machine.
MAIL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: http://localhost:* http://127.0.0.1:*"
)
ROUTE = re.compile(r"^/(?P<api>api/)?messages/(?P<number>\d{1,9})(?P<rest>/.*)?$")


class _Handler(BaseHTTPRequestHandler):
    """Answers the requests; the stores are set on a subclass by :func:`serve`."""

    store: MailStore
    sms: SmsStore
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Answer a page, a part of a mail or JSON."""
        if not self._is_local():
            return self._send(403, "text/plain", b"Loopback only.")
        address = urlsplit(self.path)
        if address.path == "/":
            return self._page(pages.mail_list(self.store.mails()))
        if address.path == "/sms":
            return self._page(sms_pages.sms_list(self.sms.messages()))
        if address.path == "/api/messages":
            return self._json([mail.summary() for mail in self.store.mails()])
        if address.path == "/api/sms":
            return self._json([sms.summary() for sms in self.sms.messages()])
        match = ROUTE.match(address.path)
        mail = match and self.store.get(int(match["number"]))
        if not mail:
            return self._send(404, "text/plain", b"No such mail.")
        if match["api"]:
            return self._json(mail.details())
        return self._part(mail, match["rest"] or "", address.query)

    def do_POST(self):
        """Take a text message in, as an SMS gateway does (`/sms`)."""
        length = self.headers.get("Content-Length", "")
        size = int(length) if length.isdigit() else gateway.LARGEST_REQUEST + 1
        if not self._is_local() or self.path != "/sms":
            return self._send(404, "text/plain", b"Not found.")
        if size > gateway.LARGEST_REQUEST:
            return self._send(413, "text/plain", b"Too much for a text message.")
        login = self.headers.get("Authorization", "")
        status, answer = gateway.take(self.sms, login, self.rfile.read(size))
        return self._json(answer, status)

    def do_DELETE(self):
        """Forget all mails (`/api/messages`) or text messages (`/api/sms`)."""
        stores = {"/api/messages": self.store, "/api/sms": self.sms}
        if not self._is_local() or self.path not in stores:
            return self._send(404, "text/plain", b"Not found.")
        stores[self.path].clear()
        return self._json([])

    def _part(self, mail: Mail, rest: str, query: str):
        if rest == "":
            return self._page(pages.mail_page(mail, "phone" in parse_qs(query)))
        if rest == "/html":
            return self._page(mail.shown_html, MAIL_POLICY)
        if rest == "/raw":
            return self._file(f"mail-{mail.number}.eml", "message/rfc822", mail.raw)
        match = re.match(r"^/files/(\d{1,4})$", rest)
        if match and int(match[1]) < len(mail.attachments):
            file = mail.attachments[int(match[1])]
            return self._file(file.name, file.mimetype, file.data)
        return self._send(404, "text/plain", b"No such part.")

    def _is_local(self) -> bool:
        """Refuse names that another site may have pointed at this address."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        return host in (LOOPBACK, "localhost")

    def _page(self, html: str, policy: str = PAGE_POLICY):
        headers = {"Content-Security-Policy": policy}
        self._send(200, "text/html; charset=utf-8", html.encode(), headers)

    def _json(self, value, status: int = 200):
        body = json.dumps(value, ensure_ascii=False).encode()
        self._send(status, "application/json; charset=utf-8", body)

    def _file(self, name: str, mimetype: str, data: bytes):
        place = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        self._send(200, mimetype, data, {"Content-Disposition": place})

    def _send(self, status: int, mimetype: str, body: bytes, headers=None):
        self.send_response(status)
        self.send_header("Content-Type", mimetype)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        """Stay quiet: the terminal shows Odoo's address and nothing else."""


@contextmanager
def serve(store: MailStore, port: int):
    """Show caught mail, and catch and show SMS, on a loopback port for the length of a
    `with` block."""
    stores = {"store": store, "sms": store.sms}
    handler = type("Handler", (_Handler,), stores)
    server = ThreadingHTTPServer((LOOPBACK, port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
