"""The catcher as an SMS gateway: messages in, a page and JSON out, reports back."""

import json
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from gateway_helpers import MESSAGE, PARAMETERS, hand_over

from dev import ports
from dev.catcher import gateway, web
from dev.catcher.store import MailStore


class Catcher:
    """A running catcher, as the helpers want a gateway."""

    def __init__(self, store, port):
        self.store = store
        self.port = port
        self.url = f"http://127.0.0.1:{port}/sms"

    def send(self, message=MESSAGE, **changes):
        values = {"auth": "bearer", "secret": "catcher-nordvik", **changes}
        return hand_over(self, message, **values)

    def fetch(self, path, method="GET", **headers):
        url = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(url, method=method, headers=headers)
        return urllib.request.urlopen(request, timeout=10).read().decode()


@pytest.fixture
def catcher(tmp_path):
    store, port = MailStore(tmp_path / "mails"), ports.free_port()
    with web.serve(store, port):
        yield Catcher(store, port)


@pytest.fixture
def reports(monkeypatch):
    """What was reported back, and the address to report to."""
    monkeypatch.setattr(gateway, "REPORT_PAUSE", 0)
    came, arrived = [], threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            came.append((self.path, json.loads(self.rfile.read(size))))
            self.send_response(204)
            self.end_headers()
            arrived.set()

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield came, arrived, f"http://127.0.0.1:{server.server_port}/r?m=1"
    server.shutdown()
    server.server_close()


def test_a_message_is_kept_as_it_came(catcher):
    verdict = catcher.send()
    assert (verdict.outcome, verdict.reference) == ("accepted", "catch1")
    [sms] = catcher.store.sms.wait(1, to="+46705123456")
    assert (sms.to, sms.sender, sms.text) == ("+46705123456", "Nordvik", "Hej på dig")
    assert (sms.gateway, sms.parts) == ("nordvik", 1)


def test_json_is_understood_too(catcher):
    assert catcher.send(body="json").outcome == "accepted"


def test_the_same_key_is_one_message(catcher):
    assert {catcher.send().reference for _each in range(3)} == {"catch1"}
    assert catcher.send(secret="catcher-moravan").reference == "catch2"


def test_who_is_not_ours_is_refused(catcher):
    assert catcher.send(secret="other").reason == "gateway_login"
    assert catcher.store.sms.messages() == []


@pytest.mark.parametrize("line", ["to = 0705{to}", "x = {to}"])
def test_what_is_no_message_is_refused(catcher, line):
    verdict = catcher.send(parameters=f"{line}\ntext = {{text}}")
    assert (verdict.outcome, verdict.code) == ("failed", 400)


def test_the_page_and_the_json(catcher):
    assert "No text message" in catcher.fetch("/sms")
    message = MESSAGE.__class__("+46705123456", "<b>Hej</b>\n" + "å" * 160, "<i>")
    catcher.send(message)
    page = catcher.fetch("/sms")
    assert "&lt;b&gt;Hej" in page and "<b>Hej" not in page and "<i>" not in page
    assert "2 parts, GSM-7" in page and 'href="/sms"' in catcher.fetch("/")
    [sms] = json.loads(catcher.fetch("/api/sms"))
    assert (sms["id"], sms["parts"], sms["gateway"]) == (1, 2, "nordvik")


def test_forgetting(catcher):
    catcher.send()
    catcher.fetch("/api/sms", "DELETE")
    assert catcher.store.sms.messages() == []


def test_mail_and_sms_do_not_mix(catcher):
    catcher.store.add("a@b.example", ["c@d.example"], b"Subject: x\r\n\r\n")
    catcher.send()
    assert len(catcher.store.mails()) == len(catcher.store.sms.messages()) == 1
    catcher.store.clear()
    assert len(catcher.store.sms.messages()) == 1


def test_waiting_says_what_came(catcher):
    catcher.send()
    with pytest.raises(TimeoutError, match="Hej på dig"):
        catcher.store.sms.wait(1, seconds=0, to="+46700000000")


def test_delivery_is_reported(catcher, reports):
    came, arrived, callback = reports
    lines = f"{PARAMETERS}\ncallback = {{callback}}"
    message = MESSAGE.__class__("+46705123456", "Hej", "N", "row-7", callback)
    catcher.send(message, parameters=lines)
    assert arrived.wait(5)
    report = {"id": "row-7", "message_id": "catch1", "status": "delivered"}
    assert came == [("/r?m=1", report)]


@pytest.mark.parametrize(
    ("path", "headers"), [("/api/messages", {}), ("/sms", {"Host": "evil.example"})]
)
def test_other_ways_in_are_closed(catcher, path, headers):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        catcher.fetch(path, "POST", **headers)
    with refusal.value:
        assert refusal.value.code == 404
