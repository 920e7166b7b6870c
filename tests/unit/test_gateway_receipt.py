"""Delivery reports: read as each gateway writes them, believed only when signed."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timezone
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.gateway_receipt import (
    KINDS,
    ReportError,
    is_callback,
    is_signed,
    parse_incoming,
    parse_receipt,
    sign_callback,
    signature,
    state_of,
)

NOW = 1_800_000_000.0
BODY = b'{"id": "42", "status": "delivered"}'


def signed(body=BODY, secret="key", at=NOW, prefix="sha256"):
    stamp = str(int(at))
    digest = signature(secret, stamp.encode() + b"." + body)
    return {
        "x-mailroom-timestamp": stamp,
        "x-mailroom-signature": f"{prefix}={digest}",
    }


def test_generic():
    report = {"id": "42", "message_id": "gw1", "status": "DELIVERED", "event_id": "e1"}
    receipt = parse_receipt("generic", json.dumps(report).encode())
    assert (receipt.our_id, receipt.message_id) == ("42", "gw1")
    assert (receipt.state, receipt.event_id) == ("delivered", "e1")


def test_46elks():
    report = {
        "id": "s70df",
        "status": "delivered",
        "delivered": "2026-11-21T09:55:29.1",
    }
    receipt = parse_receipt("46elks", urlencode(report).encode())
    assert (receipt.message_id, receipt.state) == ("s70df", "delivered")
    moment = datetime(2026, 11, 21, 9, 55, 29, 100000, timezone.utc)
    assert receipt.moment == moment
    assert receipt.event_id == "s70df:delivered"


def test_gatewayapi():
    report = {"id": 1000001, "msisdn": 4587654321, "time": 1450000000}
    report |= {"status": "UNDELIVERABLE", "userref": "42"}
    receipt = parse_receipt("gatewayapi", json.dumps(report).encode())
    assert (receipt.message_id, receipt.our_id) == ("1000001", "42")
    assert (receipt.state, receipt.event_id) == ("failed", "1000001:undeliverable")
    assert receipt.moment == datetime(2015, 12, 13, 9, 46, 40, tzinfo=timezone.utc)


def test_sinch():
    report = {
        "type": "recipient_delivery_report_sms",
        "batch_id": "01FC",
        "client_reference": "42",
        "status": "Delivered",
        "at": "2026-11-21T10:00:00.000Z",
    }
    receipt = parse_receipt("sinch", json.dumps(report).encode())
    assert (receipt.our_id, receipt.state) == ("42", "delivered")
    assert receipt.moment == datetime(2026, 11, 21, 10, tzinfo=timezone.utc)


def test_a_moment_out_of_all_time_is_none():
    report = {"id": "42", "status": "sent", "at": "0001-01-01T00:00:00+14:00"}
    assert parse_receipt("generic", json.dumps(report).encode()).moment is None


def test_twilio():
    report = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30005"}
    receipt = parse_receipt("twilio", urlencode(report).encode())
    assert (receipt.message_id, receipt.state) == ("SM1", "failed")
    assert receipt.text == "undelivered 30005"
    answer = parse_incoming(
        urlencode({"From": "+46705123456", "Body": "Stop"}).encode()
    )
    assert (answer.number, answer.text) == ("+46705123456", "Stop")


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("sent", "accepted"),
        ("sending", "accepted"),
        ("ENROUTE", "accepted"),
        ("Queued", "accepted"),
        ("Delivered", "delivered"),
        ("DELIVRD", "delivered"),
        ("Expired", "failed"),
        ("unknown", ""),
        ("Skipped", "failed"),
        ("", ""),
    ],
)
def test_what_a_word_means(word, state):
    assert state_of(word) == state


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b'{"id": "1"}',
        b'{"status": "delivered"}',
        b'{"id": {"a": 1}, "status": []}',
        b"{" * 50000,
        b"x" * 100000,
    ],
)
def test_what_is_no_report_is_refused(body):
    for kind in KINDS:
        with pytest.raises(ReportError):
            parse_receipt(kind, body)


@given(st.binary(max_size=200))
def test_no_report_breaks_the_reader(body):
    for read in (lambda: parse_receipt("sinch", body), lambda: parse_incoming(body)):
        try:
            read()
        except ReportError:
            pass


def test_the_right_signature():
    assert is_signed("generic", "key", signed(), BODY, NOW)
    assert is_signed("generic", "key", signed(), BODY, NOW + 299)


@pytest.mark.parametrize(
    ("headers", "body", "now"),
    [
        ({}, BODY, NOW),
        (signed(secret="other"), BODY, NOW),
        (signed(), BODY + b" ", NOW),
        (signed(), BODY, NOW + 360),
        (signed(), BODY, NOW - 360),
        (signed(prefix="md5"), BODY, NOW),
        ({**signed(), "x-mailroom-timestamp": str(int(NOW) + 1)}, BODY, NOW),
        ({**signed(), "x-mailroom-timestamp": "é"}, BODY, NOW),
        ({**signed(), "x-mailroom-signature": "sha256=é"}, BODY, NOW),
        ({"x-mailroom-signature": signed()["x-mailroom-signature"]}, BODY, NOW),
    ],
)
def test_every_other_signature(headers, body, now):
    assert not is_signed("generic", "key", headers, body, now)


def test_without_a_secret_nothing_is_signed():
    assert not is_signed("generic", "", signed(secret=""), BODY, NOW)
    assert not is_callback("", "42", sign_callback("", "42"))


def token(claims, secret="key", alg="HS256"):
    """Return a JSON Web Token."""

    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    head = part(json.dumps({"typ": "JWT", "alg": alg}).encode())
    signed = f"{head}.{part(json.dumps(claims).encode())}"
    digest = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{part(digest)}"


REPORT = {"id": 7, "msisdn": 4512345678, "status": "DELIVERED", "userref": "42"}


@pytest.mark.parametrize(
    ("given", "right"),
    (
        (token(REPORT), True),
        (token(REPORT, secret="other"), False),
        (token(REPORT, alg="none"), False),
        (token({**REPORT, "status": "REJECTED"}), False),
        (token({**REPORT, "id": 8}), False),
        (token(["DELIVERED"]), False),
        (token(REPORT)[:-2], False),
        (token(REPORT).rpartition(".")[0] + ".", False),
        ("a.b.c", False),
        ("å.ä.ö", False),
        ("", False),
    ),
)
def test_gatewayapi_sends_a_token(given, right):
    body, headers = json.dumps(REPORT).encode(), {"x-gwapi-signature": given}
    assert is_signed("gatewayapi", "key", headers, body, NOW) is right
    assert not is_signed("gatewayapi", "", headers, body, NOW)
    assert not is_signed("gatewayapi", "key", headers, b"[]", NOW)


def test_an_address_for_reports_is_good_for_one_message():
    proof = sign_callback("key", "42")
    assert len(proof) == 32
    assert is_callback("key", "42", proof)
    for secret, identifier, given_proof in (
        ("key", "43", proof),
        ("other", "42", proof),
        ("key", "42", ""),
        ("key", "", sign_callback("key", "")),
        ("key", "42", None),
    ):
        assert not is_callback(secret, identifier, given_proof)


@pytest.mark.parametrize(
    "body",
    [
        urlencode({"from": "+46705123456", "message": "STOP", "id": "s1"}).encode(),
        b'{"type": "mo_text", "from": "46705123456", "body": "STOP", "id": "s1"}',
    ],
)
def test_a_message_from_outside(body):
    incoming = parse_incoming(body)
    assert (incoming.number, incoming.text) == ("+46705123456", "STOP")
    assert incoming.event_id == "s1"


def test_a_message_from_nobody_is_refused():
    with pytest.raises(ReportError):
        parse_incoming(b'{"from": "STOPPERS", "body": "x"}')
