"""The mail catcher: SMTP in, pages and JSON out."""

import json
import smtplib
import urllib.error
import urllib.request
from email.message import EmailMessage

import pytest

from dev import ports
from dev.catcher import smtp, web
from dev.catcher.store import MailStore

PIXEL = b"\x89PNG\r\n\x1a\n"


def order_mail():
    message = EmailMessage()
    message["From"] = "Nora Lind <nora@nordvik.example>"
    message["To"] = "Kund <kund@kund.example>"
    message["Subject"] = "Order S00042 från Nordvik & Co"
    message.set_content("Hej på dig\n")
    html = '<p onclick="x()">Hej</p><img src="cid:logo"><script>bad()</script>'
    message.add_alternative(html, subtype="html")
    message.get_payload()[1].add_related(PIXEL, "image", "png", cid="<logo>")
    message.add_attachment(
        b"%PDF-1.4", maintype="application", subtype="pdf", filename="Order Å 42.pdf"
    )
    return message


@pytest.fixture
def store(tmp_path):
    return MailStore(tmp_path / "mails")


@pytest.fixture
def send(store):
    """Send a message over SMTP to the catcher, with a login."""
    port = ports.free_port()
    with smtp.serve(store, port):

        def deliver(
            message, sender="bounce@nordvik.example", to=("kund@kund.example",)
        ):
            with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
                client.login("anybody", "anything")
                client.send_message(message, sender, list(to))

        yield deliver


@pytest.fixture
def page(store):
    """Return a function that fetches a path of the catcher's pages."""
    port = ports.free_port()

    def fetch(path, method="GET", **headers):
        url = f"http://127.0.0.1:{port}{path}"
        request = urllib.request.Request(url, method=method, headers=headers)
        return urllib.request.urlopen(request, timeout=10)

    with web.serve(store, port):
        yield fetch


def refusal(page, path, **headers):
    """Return the status of a request that must not be answered."""
    with pytest.raises(urllib.error.HTTPError) as error:
        page(path, **headers)
    with error.value:
        return error.value.code


def test_a_mail_is_kept_as_it_came(store, send):
    send(order_mail(), to=("kund@kund.example", "kopia@kund.example"))
    (mail,) = store.mails()
    assert mail.sender == "bounce@nordvik.example"
    assert mail.recipients == ("kund@kund.example", "kopia@kund.example")
    assert mail.subject == "Order S00042 från Nordvik & Co"
    assert mail.text.strip() == "Hej på dig"
    assert [(a.name, a.inline) for a in mail.attachments] == [
        ("unnamed", True),
        ("Order Å 42.pdf", False),
    ]
    assert mail.attachments[1].data == b"%PDF-1.4"


def test_newest_first_and_numbers_go_on_after_a_restart(store, send):
    for number in range(3):
        message = EmailMessage()
        message["Subject"] = f"mail {number}"
        send(message)
    again = MailStore(store.folder)
    again.add("", ["x@y.example"], b"Subject: later\r\n\r\n")
    assert [mail.number for mail in again.mails()] == [4, 3, 2, 1]
    assert [mail.subject for mail in again.mails()][:2] == ["later", "mail 2"]


def test_waiting_finds_by_recipient_and_subject(store, send):
    send(order_mail())
    assert len(store.wait(1, to="KUND@kund.example", subject="S00042")) == 1
    with pytest.raises(TimeoutError, match="S00042 från"):
        store.wait(1, seconds=0, to="other@kund.example")


def test_the_list_and_the_json(store, send, page):
    send(order_mail())
    assert "Order S00042 från Nordvik &amp; Co" in page("/").read().decode()
    (summary,) = json.load(page("/api/messages"))
    assert summary["attachments"] == [
        {"name": "Order Å 42.pdf", "type": "application/pdf", "size": 8}
    ]
    details = json.load(page(f"/api/messages/{summary['id']}"))
    assert ["Subject", "Order S00042 från Nordvik & Co"] in details["headers"]
    assert details["text"].strip() == "Hej på dig"


def test_the_html_part_is_shown_without_rights(store, send, page):
    send(order_mail())
    whole = page("/messages/1").read().decode()
    assert '<iframe sandbox title="Mail" src="/messages/1/html">' in whole
    part = page("/messages/1/html")
    assert part.headers["Content-Security-Policy"].startswith("sandbox; default-src")
    assert "data:image/png;base64," in part.read().decode()
    assert "width:390px" in page("/messages/1?phone=1").read().decode()


def test_names_in_mails_are_escaped(store, page):
    raw = b"From: <script>x</script>\r\nSubject: <b>bold</b>\r\n\r\n<i>text</i>\r\n"
    store.add("<script>", ["a@b.example"], raw)
    for path in ("/", "/messages/1"):
        text = page(path).read().decode()
        assert "<script>" not in text
        assert "<b>bold" not in text


def test_files_and_the_raw_mail_are_downloads(store, send, page):
    send(order_mail())
    file = page("/messages/1/files/1")
    assert file.read() == b"%PDF-1.4"
    place = file.headers["Content-Disposition"]
    assert place == "attachment; filename*=UTF-8''Order%20%C3%85%2042.pdf"
    assert page("/messages/1/raw").read() == store.get(1).raw


@pytest.mark.parametrize(
    "path", ["/messages/9", "/messages/1/files/9", "/messages/1/other", "/../etc", "/x"]
)
def test_what_is_not_there_is_not_found(store, send, page, path):
    send(order_mail())
    assert refusal(page, path) == 404


def test_another_site_cannot_read_the_mail(store, send, page):
    send(order_mail())
    assert refusal(page, "/api/messages", Host="evil.example") == 403


def test_deleting_forgets_all(store, send, page):
    send(order_mail())
    assert page("/api/messages", method="DELETE").status == 200
    assert store.mails() == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no header at all",
        b"Subject: =?utf-8?q?=x?=\r\nContent-Type: text/plain; charset=no\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        b"From: \xff\xfe\r\n\r\n\xff",
    ],
)
def test_a_strange_mail_can_be_looked_at(store, page, raw):
    store.add("", ["a@b.example"], raw)
    for path in ("/", "/messages/1", "/messages/1/html", "/api/messages/1"):
        assert page(path).status == 200
