"""One message after the other is handed over, or refused (T1)."""

import os
import re
import time

import pytest
from fake_smtp import FakeSMTP
from smtp_helpers import JANE, MESSAGE, at, connect, fault_of, hand_over, wait_for

from tools.smtp_session import Timeouts

# === THE GOOD CASE === #


def test_a_message_arrives_as_it_is():
    marks = []
    with FakeSMTP() as server:
        session = connect(server)
        reply = hand_over(
            session, before_body=lambda: marks.append(len(server.accepted))
        )
        session.close()
        (accepted,) = server.accepted
    assert (reply.code, reply.text) == (250, "2.0.0 queued")
    assert marks == [0]
    assert accepted.data == MESSAGE
    assert (accepted.sender, accepted.rcpt) == ("shop@acme.test", (JANE,))
    assert session.max_size == 52428800
    assert server.steps("quit") and not session.alive


def test_one_session_takes_many_messages():
    with FakeSMTP() as server:
        session = connect(server)
        for number in range(50):
            hand_over(session, recipient=f"c{number}@customer.test")
        session.close()
        assert server.connections == 1
        recipients = [message.rcpt[0] for message in server.accepted]
    assert recipients == [f"c{number}@customer.test" for number in range(50)]


def test_the_mark_is_made_after_the_servers_consent_and_before_any_octet():
    seen = []

    def mark():
        time.sleep(0.1)
        seen.extend(step for step, _arg in server.log)

    with FakeSMTP() as server:
        session = connect(server)
        hand_over(session, before_body=mark)
        session.close()
    assert "data" in seen and not {"block", "accept"} & set(seen)
    assert "block" in [step for step, _arg in server.log]


def test_an_empty_envelope_sender_is_allowed():
    with FakeSMTP() as server:
        session = connect(server)
        session.deliver("", JANE, MESSAGE, lambda: None)
        assert server.accepted[0].sender == ""
        session.close()


@pytest.mark.parametrize(
    ("data", "received"),
    [
        (b"a\nb", b"a\r\nb\r\n"),
        (b"a\rb\r\n", b"a\r\nb\r\n"),
        (b"a\r\n.\nMAIL FROM:<x@y.test>\r\n", b"a\r\n.\r\nMAIL FROM:<x@y.test>\r\n"),
        (b"a\n.\r\nMAIL", b"a\r\n.\r\nMAIL\r\n"),
        (b"a\r.\rMAIL", b"a\r\n.\r\nMAIL\r\n"),
        (b".\r\n", b".\r\n"),
        (b"..a", b"..a\r\n"),
        (b"", b""),
        (b"x" * 200_000 + b"\r\n.", b"x" * 200_000 + b"\r\n.\r\n"),
    ],
)
def test_no_message_can_end_early_and_smuggle_another(data, received):
    with FakeSMTP() as server:
        session = connect(server)
        hand_over(session, data)
        assert [message.data for message in server.accepted] == [received]
        assert len(server.steps("mail")) == 1
        session.close()


def test_a_large_message_arrives_whole():
    data = re.sub(rb"[\r\n]", b".", os.urandom(5_000_000)) + b"\r\n"
    data = re.sub(rb"(.{100})", rb"\1\r\n", data, flags=re.DOTALL)[: -len(b"\r\n")]
    data = data if data.endswith(b"\r\n") else data + b"\r\n"
    data = data.replace(b"\r\n\r\n", b"\r\n")
    with FakeSMTP() as server:
        session = connect(server, Timeouts())
        hand_over(session, data)
        assert server.accepted[0].data == data
        session.close()


# === REFUSALS === #


@pytest.mark.parametrize("code", [450, 451, 452, 454, 550, 551, 552, 553, 554])
@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "end"])
def test_after_a_refusal_the_session_takes_the_next_message(step, code):
    with FakeSMTP(at(step, f"{code} no")) as server:
        session = connect(server)
        fault = fault_of(hand_over, session, recipient="first@customer.test")
        assert (fault.phase, fault.code, fault.text) == (step, code, b"no")
        assert session.alive
        hand_over(session)
        session.close()
        assert [message.rcpt for message in server.accepted] == [(JANE,)]
        assert server.connections == 1


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "end"])
def test_after_421_the_session_is_over(step):
    with FakeSMTP(at(step, "421 4.3.2 closing")) as server:
        session = connect(server)
        fault = fault_of(hand_over, session)
        assert fault.verdict.outcome == "cool_down"
        assert not session.alive and not server.accepted


def test_a_refused_reset_ends_the_session():
    def script(step, _arg, _ctx):
        return {"rcpt": "550 no", "rset": "500 what"}.get(step)

    with FakeSMTP(script) as server:
        session = connect(server)
        assert fault_of(hand_over, session).code == 550
        assert not session.alive


@pytest.mark.parametrize(
    ("step", "phase"),
    [("connect", "greeting"), ("ehlo", "ehlo")],
)
def test_refused_before_anything(step, phase):
    with FakeSMTP(at(step, "554 5.3.2 not you")) as server:
        fault = fault_of(connect, server)
        assert (fault.phase, fault.code) == (phase, 554)
        assert fault.verdict.text == "5.3.2 not you"


def test_a_message_over_the_servers_size_is_not_even_announced():
    with FakeSMTP(size=100) as server:
        session = connect(server)
        fault = fault_of(hand_over, session, b"x" * 101)
        assert (fault.verdict.outcome, fault.verdict.reason) == ("failed", "too_big")
        assert not server.steps("mail") and session.alive
        hand_over(session)
        assert "SIZE=" in server.steps("mail")[0][1]
        session.close()


@pytest.mark.parametrize("size", [None, "", "0", "many"])
def test_no_size_is_no_limit(size):
    with FakeSMTP(size=size) as server:
        session = connect(server)
        assert session.max_size == 0
        hand_over(session)
        session.close()
        assert len(server.accepted) == 1


@pytest.mark.parametrize(
    "recipient",
    ["", "a b@c.test", "a@b.test>\r\nRCPT TO:<v@x.test", "A <a@b.test>", "ä@b.test"],
)
def test_only_an_exact_address_goes_over_the_wire(recipient):
    with FakeSMTP() as server:
        session = connect(server)
        fault = fault_of(hand_over, session, recipient=recipient)
        assert (fault.verdict.outcome, fault.verdict.reason) == (
            "failed",
            "bad_address",
        )
        assert not server.steps("mail", "rcpt") and session.alive
        session.close()


def test_a_bad_envelope_sender_is_the_accounts_fault():
    with FakeSMTP() as server:
        session = connect(server)
        fault = fault_of(session.deliver, "x y", JANE, MESSAGE, lambda: None)
        assert fault.verdict.outcome == "account_fault"
        session.close()


def test_when_the_mark_cannot_be_made_nothing_leaves():
    def broken():
        raise RuntimeError("database gone")

    with FakeSMTP() as server:
        session = connect(server)
        with pytest.raises(RuntimeError):
            hand_over(session, before_body=broken)
        assert not session.alive
        wait_for(lambda: server.steps("broken"))
        assert not server.accepted
