"""T16: delivery reports over real HTTP: every order, twice, forged, old, for nobody."""

import http.client
import itertools
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import pytest
from fake_gateway import DROP, Taken
from harness.sms import ask_sms, row_of, serve_gateway
from harness.sms_form import PARAMETERS

from tools.gateway_receipt import signature

SECRET = "the gateway's own key"
FAST = 0.1
OLD = 360
EVENTS = ("queued", "sent", "failed", "delivered")
RANK = {"queued": "sent", "sent": "sent", "failed": "bounced", "delivered": "delivered"}


@dataclass
class Reporter:
    """Posts reports to a running Odoo, and remembers how long each answer took."""

    port: int
    token: str
    seconds: list

    def post(self, path, body, kind="application/json", **headers):
        """Return the status and the content of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": kind, **headers}
        connection.connect()
        began = time.monotonic()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.seconds.append(time.monotonic() - began)
        connection.close()
        return answer.status, content

    def signed(self, report, secret=SECRET, age=0, token=None):
        """Post a report with a signature made so many seconds ago."""
        body, stamp = json.dumps(report).encode(), str(int(time.time() - age))
        digest = signature(secret, stamp.encode() + b"." + body)
        headers = {
            "X-Mailroom-Timestamp": stamp,
            "X-Mailroom-Signature": f"sha256={digest}",
        }
        path = f"/mailroom/sms/{token or self.token}/receipt"
        return self.post(path, body, **headers)


@pytest.fixture
def gateway(lab):
    lines = f"{PARAMETERS}\ncallback = {{callback}}"
    return serve_gateway(
        lab, values={"receipt_secret": SECRET, "parameters": lines, "preset": False}
    )


@pytest.fixture
def reporter(lab, gateway, start_odoo):
    server = start_odoo(lab.nursery.database)
    # It was pointed to the catcher, as a demo is.
    lab.rows.query("UPDATE mailroom_gateway SET url = %s WHERE active", gateway.url)
    reporter = Reporter(server.ports.odoo, gateway.record[1], [])
    # The first request of a process loads what all later ones find.
    reporter.signed({"id": "nobody", "status": "sent"})
    reporter.seconds.clear()
    yield reporter
    assert [str(record) for record in server.trouble()] == []


def report(key, state):
    return {"id": key, "status": state, "event_id": f"{key}-{state}"}


def usual(seconds):
    """Return how long an answer takes when nothing else keeps the machine busy."""
    return sorted(seconds)[len(seconds) // 10]


def test_the_end_does_not_depend_on_the_order(lab, gateway, reporter):
    orders = list(itertools.permutations(EVENTS))
    numbers = ask_sms(lab, len(orders))
    lab.settle()
    keys = {number: row_of(lab, number).sms_key for number in numbers}
    for number, order in zip(numbers, orders, strict=True):
        for state in itertools.chain(*zip(order, order, strict=True)):
            assert reporter.signed(report(keys[number], state)) == (204, b"")
    assert {row_of(lab, number).state for number in numbers} == {"delivered"}
    [(events,)] = lab.rows.query(
        "SELECT count(*) FROM mailroom_attempt WHERE event IS NOT NULL"
    )
    assert events == len(orders) * len(EVENTS)
    assert usual(reporter.seconds) < FAST
    lab.settle()
    lab.reconcile()


def test_the_furthest_of_what_came_counts(lab, gateway, reporter):
    orders = [o for count in (1, 2, 3) for o in itertools.permutations(EVENTS, count)]
    numbers = ask_sms(lab, len(orders))
    lab.settle()
    ranks = ["sent", "bounced", "delivered"]
    for number, order in zip(numbers, orders, strict=True):
        key = row_of(lab, number).sms_key
        for state in order:
            reporter.signed(report(key, state))
        wanted = max((RANK[state] for state in order), key=ranks.index)
        assert row_of(lab, number).state == wanted, order


def test_the_address_given_with_a_message_is_proof_enough(lab, gateway, reporter):
    [first, second] = ask_sms(lab, 2)
    lab.settle()
    callbacks = {
        call.values["to"]: urlsplit(call.values["callback"]) for call in gateway.calls
    }
    address = callbacks[first]
    form = urlencode({"id": "gw000001", "status": "delivered"})
    kind = "application/x-www-form-urlencoded"
    lab.nursery.call("jobs_sms:set_preset", gateway=gateway.record[0], preset="46elks")
    assert reporter.post(f"{address.path}?{address.query}", form, kind)[0] == 204
    assert row_of(lab, first).state == "delivered"
    # The proof of one message is none for another.
    key = row_of(lab, second).sms_key
    proof = address.query.partition("&p=")[2]
    forged = f"{address.path}?m={key}&p={proof}"
    assert reporter.post(forged, form, kind)[0] == 404
    assert row_of(lab, second).state == "sent"


def test_a_report_settles_what_was_unsure(lab, reporter):
    lost = [Taken(DROP)]
    gateway = serve_gateway(
        lab, lambda step, call: lost.pop() if step == "request" and lost else None
    )
    [number] = ask_sms(lab, 1)
    lab.settle()
    row = row_of(lab, number)
    assert row.state == "uncertain"
    assert reporter.signed(report(row.sms_key, "sent"))[0] == 204
    assert row_of(lab, number).state == "sent"
    assert len(gateway.accepted) == 1
    lab.settle()
    lab.reconcile()


def test_what_must_not_be_believed_is_all_the_same_404(lab, gateway, reporter):
    [number] = ask_sms(lab, 1)
    lab.settle()
    key = row_of(lab, number).sms_key
    good = report(key, "delivered")
    path = f"/mailroom/sms/{reporter.token}/receipt"
    other = "x" * len(reporter.token)
    answers = {
        "wrong key": reporter.signed(good, secret="other"),
        "no key": reporter.signed(good, secret=""),
        "replayed": reporter.signed(good, age=OLD),
        "from the future": reporter.signed(good, age=-OLD),
        "unknown gateway": reporter.signed(good, token=other),
        "unknown message": reporter.signed(report("nothing", "delivered")),
        "no report": reporter.signed({"hello": 1}),
        "unsigned": reporter.post(path, json.dumps(good)),
        "empty proof": reporter.post(f"{path}?m={key}&p=", json.dumps(good)),
        "wrong proof": reporter.post(f"{path}?m={key}&p={'0' * 32}", json.dumps(good)),
        "too long": reporter.post(path, b"x" * 200_000),
        "not text": reporter.post(path, b"\xff\xfe\x00"),
    }
    assert {status for status, _content in answers.values()} == {404}, answers
    assert len({content for _status, content in answers.values()}) == 1
    assert row_of(lab, number).state == "sent"
    assert usual(reporter.seconds) < FAST


def test_a_report_for_a_deleted_row_is_nothing_special(lab, gateway, reporter):
    [number] = ask_sms(lab, 1)
    lab.settle()
    key = row_of(lab, number).sms_key
    unknown = reporter.signed(report("nothing", "delivered"))
    lab.rows.query("TRUNCATE mailroom_dispatch, mailroom_delivery CASCADE")
    lab.asked.clear()
    assert reporter.signed(report(key, "delivered")) == unknown
    assert unknown[0] == 404


def test_another_gateway_reports_nothing_about_our_messages(lab, gateway, reporter):
    [number] = ask_sms(lab, 1)
    lab.settle()
    key = row_of(lab, number).sms_key
    beta = lab.nursery.call("jobs_sms:stranger", url=gateway.url, secret=SECRET)
    assert reporter.signed(report(key, "delivered"), token=beta)[0] == 404
    assert row_of(lab, number).state == "sent"


def test_who_answers_stop_gets_no_more(lab, gateway, reporter):
    [number] = ask_sms(lab, 1)
    lab.settle()
    address = lab.nursery.call("jobs_sms:incoming", gateway=gateway.record[0])
    kind = "application/x-www-form-urlencoded"
    for text, known in (("Hej!", 0), ("STOPP", 1), ("stop", 1), ("START", 0)):
        form = urlencode({"from": number, "message": text, "id": f"in-{text}"})
        assert reporter.post(address, form, kind) == (204, b"")
        [(count,)] = lab.rows.query("SELECT count(*) FROM mailroom_optout")
        assert count == known, text
    form = urlencode({"from": "71700", "message": "STOP"})
    assert reporter.post(address, form, kind) == (204, b""), "a short number"
    form = urlencode({"from": number, "message": "STOP"})
    forged = reporter.post(f"{address}x", form, kind)
    assert forged[0] == 404
    assert lab.rows.query("SELECT count(*) FROM mailroom_optout") == [(0,)]
