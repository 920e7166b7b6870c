"""Every way a gateway can answer, or not answer, has one meaning (F1 to F3, T14)."""

import gzip
import socket
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from certificates import Authority
from fake_gateway import (
    DROP,
    RST,
    SILENCE,
    Answer,
    Drip,
    FakeGateway,
    Raw,
    Sleep,
    Taken,
)
from gateway_helpers import LOOPBACK, MESSAGE, SECRET, SHORT, form, hand_over

from tools.gateway_http import Limits, send
from tools.gateway_reply import GATEWAY_REASONS, RETRY_LIMIT, retry_after
from tools.gateway_request import build
from tools.gateway_url import Guard
from tools.smtp_reason import REASONS


def answering(*answers):
    """A script that gives these answers one after the other."""
    left = list(answers)
    return lambda step, call: left.pop(0) if step == "request" and left else None


OK = {"id": "x7"}
ANSWERS = [
    (Answer(200, OK), "accepted", ""),
    (Answer(201, OK), "accepted", ""),
    (Answer(202, {"message_id": 9}), "accepted", ""),
    (Answer(202, "garbage"), "uncertain", "gateway_answer"),
    (Answer(202, {"hello": 1}), "uncertain", "gateway_answer"),
    (Answer(200, "<html>logged in</html>"), "uncertain", "gateway_answer"),
    (Answer(204, b""), "uncertain", "gateway_answer"),
    (Answer(200, OK, cut=4), "uncertain", "gateway_answer"),
    (Answer(200, "{" + "[" * 60000), "uncertain", "gateway_answer"),
    (Answer(400, {"error": "bad number"}), "failed", "gateway_refused"),
    (Answer(401), "account_fault", "gateway_login"),
    (Answer(402), "account_fault", "gateway_credit"),
    (Answer(403), "account_fault", "gateway_login"),
    (Answer(404), "failed", "gateway_not_found"),
    (Answer(405), "account_fault", "gateway_method"),
    (Answer(409), "uncertain", "gateway_answer"),
    (Answer(413), "failed", "too_big"),
    (Answer(418), "failed", "gateway_refused"),
    (Answer(422), "failed", "gateway_refused"),
    (Answer(429), "cool_down", "rate_limited"),
    (Answer(500), "uncertain", "gateway_error"),
    (Answer(502, "<html><h1>Bad gateway</h1></html>"), "uncertain", "gateway_error"),
    (Answer(503), "uncertain", "gateway_error"),
    (Answer(503, headers={"Retry-After": "17"}), "cool_down", "server_busy"),
    (Answer(504), "uncertain", "gateway_error"),
    (Answer(299, OK), "accepted", ""),
    (Answer(700, OK), "uncertain", "gateway_error"),
    (Raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "uncertain", "protocol"),
    (Raw(b"HTTP/1.1 abc\r\n\r\n"), "uncertain", "protocol"),
    (Raw(b""), "uncertain", "connection_lost"),
    (DROP, "uncertain", "connection_lost"),
    (RST, "uncertain", "connection_lost"),
    (SILENCE, "uncertain", "timeout"),
    (Sleep(5), "uncertain", "timeout"),
    (Drip(0.05, Answer(200, OK)), "uncertain", "timeout"),
]


@pytest.mark.parametrize(("answer", "outcome", "reason"), ANSWERS)
def test_each_answer_has_one_meaning(answer, outcome, reason):
    with FakeGateway(answering(answer)) as gateway:
        verdict = hand_over(gateway)
    assert (verdict.outcome, verdict.reason) == (outcome, reason)
    assert verdict.reason in ("", *REASONS, *GATEWAY_REASONS)
    assert verdict.phase == "end"
    assert len(gateway.calls) == 1


def test_the_request_arrives_as_it_was_written():
    with FakeGateway() as gateway:
        verdict = hand_over(gateway)
    [message] = gateway.accepted
    assert (message.to, message.text) == ("+46705123456", "Hej på dig")
    assert (message.sender, message.key) == ("Nordvik", "mailroom-42")
    assert message.login == f"nordvik:{SECRET}"
    assert verdict.reference == message.id


def test_a_gateway_that_knows_the_key_takes_a_message_once():
    with FakeGateway(answering(Taken(DROP)), idempotent=True) as gateway:
        first = hand_over(gateway)
        second = hand_over(gateway, replace(MESSAGE, repeated=True))
    assert (first.outcome, second.outcome) == ("uncertain", "accepted")
    assert len(gateway.accepted) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(status):
    with FakeGateway() as other:
        away = Answer(status, "", {"Location": other.url})
        with FakeGateway(answering(away)) as gateway:
            verdict = hand_over(gateway)
        assert not other.connections
    assert (verdict.outcome, verdict.reason) == ("account_fault", "gateway_redirect")


def test_after_see_other_the_work_may_be_done():
    with FakeGateway(answering(Answer(303, "", {"Location": "/done"}))) as gateway:
        assert hand_over(gateway).outcome == "uncertain"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b'{"id": "x", "pad": "' + b"x" * 10_000_000 + b'"}'),
        Answer(200, gzip.compress(b"0" * 50_000_000), {"Content-Encoding": "gzip"}),
        Answer(200, gzip.compress(b'{"id": "x"}'), {"Content-Encoding": "gzip"}),
    ],
)
def test_a_huge_or_packed_answer_is_not_read_to_the_end(answer):
    with FakeGateway(answering(answer)) as gateway:
        began = time.monotonic()
        verdict = hand_over(gateway, limits=Limits(5, 5))
    assert verdict.outcome == "uncertain"
    assert verdict.text == ""
    assert time.monotonic() - began < 3


def test_success_alone_is_enough_where_the_settings_say_so():
    with FakeGateway(answering(Answer(200, "OK"))) as gateway:
        assert hand_over(gateway, any_success=True).outcome == "accepted"


def test_the_id_is_read_where_the_settings_say():
    answer = Answer(200, {"messages": [{"ref": "m-1"}], "id": "other"})
    with FakeGateway(answering(answer)) as gateway:
        assert hand_over(gateway, answer_id="messages.0.ref").reference == "m-1"


def test_a_value_can_mean_a_refusal():
    answer = Answer(200, {"id": "s1", "status": "failed"})
    with FakeGateway(answering(answer)) as gateway:
        assert hand_over(gateway, preset="46elks").outcome == "failed"


# === THE MOMENT OF HANDING OVER === #


def test_nothing_was_sent_before_the_mark():
    with FakeGateway() as gateway:

        def check():
            assert not gateway.calls

        assert hand_over(gateway, on_handover=check).outcome == "accepted"


def test_when_the_mark_fails_nothing_is_sent():
    def fail():
        raise LookupError("claim lost")

    with FakeGateway() as gateway:
        with pytest.raises(LookupError):
            hand_over(gateway, on_handover=fail)
        time.sleep(0.05)
        assert not gateway.calls


@pytest.mark.parametrize(
    ("host", "reason"),
    [("127.0.0.1", "refused"), ("nowhere.invalid", "host_not_found")],
)
def test_without_a_connection_the_gateway_rests(host, reason):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    marks = []
    request = build(form(f"http://{host}:{port}/"), MESSAGE)
    verdict = send(request, LOOPBACK, lambda: marks.append(1), SHORT)
    assert (verdict.outcome, verdict.reason) == ("cool_down", reason)
    assert not marks and not verdict.counts


def test_tls_checks_the_name_of_the_gateway(tmp_path):
    authority = Authority(tmp_path)
    for host, outcome in (("127.0.0.1", "account_fault"), ("localhost", "accepted")):
        with FakeGateway(tls=authority.server_context("localhost")) as gateway:
            gateway.url = gateway.url.replace("127.0.0.1", host)
            verdict = hand_over(gateway, context=authority.client_context())
        assert verdict.outcome == outcome, verdict


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
    [::1] [fd00::1] [fe80::1] [::ffff:127.0.0.1] 2130706433 0177.0.0.1 0x7f.1
    localhost""".split(),
)
def test_private_addresses_are_blocked(address):
    request = build(form(f"https://{address}/sms"), MESSAGE)
    verdict = send(request, Guard(), pytest.fail, SHORT)
    assert (verdict.outcome, verdict.reason) == ("account_fault", "blocked_address")


@pytest.mark.parametrize("port", [22, 25, 5432, 6379, 80])
def test_other_services_are_blocked(port):
    request = build(form(f"https://192.0.9.1:{port}/"), MESSAGE)
    assert send(request, Guard(), pytest.fail, SHORT).reason == "blocked_address"


def test_plain_http_stays_inside():
    request = build(form("http://8.8.8.8:443/"), MESSAGE)
    assert send(request, Guard(), pytest.fail, SHORT).reason == "gateway_plain"


# === WHAT IS STORED === #


def test_secrets_and_controls_do_not_come_back():
    echo = f"user nordvik {SECRET}\x00\x1b[31m <b>\r\nSet: s3cret%20pass%2Fword"
    with FakeGateway(answering(Answer(400, echo))) as gateway:
        text = hand_over(gateway).text
    assert "s3cret" not in text and "\x1b" not in text and "\r" not in text
    assert "·" in text and "<b>" not in text


def test_an_answer_is_cut():
    with FakeGateway(answering(Answer(500, "x" * 60000))) as gateway:
        assert len(hand_over(gateway).text) == 500


def test_what_is_no_http_is_not_shown():
    with FakeGateway(answering(Raw(b"220 SECRET-BANNER\r\n"))) as gateway:
        assert "BANNER" not in str(hand_over(gateway))


def test_a_request_does_not_show_its_secret():
    assert "s3cret" not in repr(build(form("https://gw.example/"), MESSAGE))
    assert "s3cret" not in repr(form("https://gw.example/"))


def test_the_wait_a_gateway_asks_for():
    assert retry_after("120") == 120
    later = datetime.now(timezone.utc) + timedelta(seconds=90)
    assert 85 <= retry_after(format_datetime(later, usegmt=True)) <= 90
    assert retry_after("Sat, 21 Nov 2020 10:00:00 GMT") == 0
    assert retry_after("999999999") == RETRY_LIMIT
    for nothing in ("", "soon", "-5", "1e9", "Sat, 99 Nov 2020"):
        assert retry_after(nothing) is None
    wait = Answer(429, headers={"Retry-After": "40"})
    with FakeGateway(answering(wait)) as gateway:
        assert hand_over(gateway).retry_after == 40


def test_a_name_is_looked_up_once(monkeypatch):
    """What answers differently the second time gets no second time."""
    asked, look_up = [], socket.getaddrinfo

    def changing(host, *arguments, **options):
        asked.append(host)
        return look_up("127.0.0.1" if len(asked) == 1 else "127.0.0.9", *arguments)

    with FakeGateway() as gateway:
        monkeypatch.setattr(socket, "getaddrinfo", changing)
        gateway.url = gateway.url.replace("127.0.0.1", "gateway.example")
        assert hand_over(gateway).outcome == "accepted"
    assert asked == ["gateway.example"]


def test_one_bad_address_of_two_blocks_a_name(monkeypatch):
    pair = [(socket.AF_INET, 1, 6, "", (ip, 443)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: pair)
    request = build(form("https://gateway.example/"), MESSAGE)
    assert send(request, Guard(), pytest.fail, SHORT).reason == "blocked_address"
