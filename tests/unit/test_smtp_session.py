"""One message, handed over step by step (T1, T2 of the reliability plan)."""

import os
import re
import socket
import threading
import time

import pytest
from fake_smtp import DROP, RST, SILENCE, Drip, DropBody, FakeSMTP, Sleep

from tools.address_guard import parse_networks
from tools.smtp_session import SmtpAccount, SmtpFault, SmtpSession, Timeouts

LOOPBACK = parse_networks("127.0.0.0/8, ::1")
SHORT = Timeouts(connect=1, greeting=0.5, command=0.5, block=0.5, end=0.5)
MESSAGE = b"Subject: 1\r\n\r\nDear Jane\r\n.\r\n..\r\nbye\r\n"
JANE = "jane@customer.test"


def account(server, **changes):
    values = {
        "host": "localhost",
        "port": server.port,
        "encryption": "none",
        "allowed_networks": LOOPBACK,
    }
    return SmtpAccount(**{**values, **changes})


def connect(server, timeouts=SHORT, **changes):
    return SmtpSession.open(account(server, **changes), timeouts)


def hand_over(session, data=MESSAGE, recipient=JANE, before_body=lambda: None):
    return session.deliver("shop@acme.test", recipient, data, before_body)


def fault_of(function, *args, **kwargs):
    with pytest.raises(SmtpFault) as caught:
        function(*args, **kwargs)
    return caught.value


def at(step, action, times=1):
    """A script that does something at one step, the first so many times."""
    left = [times]

    def script(name, _arg, _ctx):
        if name != step or not left[0]:
            return None
        left[0] -= 1
        return action

    return script


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


# === LOST LINES === #


@pytest.mark.parametrize("action", [DROP, RST])
@pytest.mark.parametrize("step", ["connect", "ehlo", "mail", "rcpt", "data", "end"])
def test_the_phase_of_a_lost_connection_is_exact(step, action):
    with FakeSMTP(at(step, action)) as server:
        if step in ("connect", "ehlo"):
            fault = fault_of(connect, server)
        else:
            session = connect(server)
            fault = fault_of(hand_over, session)
            assert not session.alive
        assert fault.phase == {"connect": "greeting"}.get(step, step)
        expected = {"mail": "deferred", "rcpt": "deferred", "data": "deferred"}
        expected["end"] = "uncertain"
        assert fault.verdict.outcome == expected.get(step, "cool_down")
        assert fault.verdict.reason == "connection_lost"
        assert len(server.accepted) == (step == "end")


LARGE = b"x" * 70 + b"\r\n"
LARGE = LARGE * 300_000


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("size", [0, 1, len(LARGE) // 2])
def test_a_line_lost_inside_the_message_is_before_the_dot(size, reset):
    with FakeSMTP(at("body", DropBody(size, reset))) as server:
        session = connect(server, Timeouts(block=5))
        fault = fault_of(hand_over, session, LARGE)
        assert fault.phase == "body"
        assert fault.verdict.outcome == "deferred"
        assert not server.accepted


@pytest.mark.parametrize("missing", [0, 1, 2, 3])
def test_a_dot_that_got_out_is_uncertain_even_if_it_was_not_read(missing):
    size = len(MESSAGE.replace(b"\r\n.", b"\r\n..")) + 3 - missing
    with FakeSMTP(at("body", DropBody(size))) as server:
        session = connect(server)
        fault = fault_of(hand_over, session)
        assert fault.phase == "end"
        assert fault.verdict.outcome == "uncertain"


# === SLOW SERVERS === #


@pytest.mark.parametrize("step", ["connect", "ehlo", "mail", "rcpt", "data", "end"])
@pytest.mark.parametrize("action", [SILENCE, Drip(0.2), Sleep(2)])
def test_no_step_takes_longer_than_it_may(step, action):
    started = time.monotonic()
    with FakeSMTP(at(step, action)) as server:
        fault = fault_of(lambda: hand_over(connect(server)))
        assert time.monotonic() - started < 1.5
        assert fault.verdict.reason == "timeout"
        assert fault.phase == {"connect": "greeting"}.get(step, step)


def test_a_late_but_timely_250_is_an_acceptance():
    with FakeSMTP(at("end", Sleep(0.8))) as server:
        session = connect(server, Timeouts(command=0.3, end=3))
        assert hand_over(session).code == 250
        session.close()


def test_a_slow_reader_is_given_up_before_the_dot():
    with FakeSMTP(at("body", Sleep(5))) as server:
        session = connect(server)
        fault = fault_of(hand_over, session, LARGE)
        assert (fault.phase, fault.verdict.reason) == ("body", "timeout")
        assert not server.accepted


def test_the_deadline_cuts_every_step_short():
    with FakeSMTP(at("rcpt", SILENCE)) as server:
        session = connect(server, Timeouts())
        session.deadline = time.monotonic() + 0.3
        fault = fault_of(hand_over, session)
        assert (fault.phase, fault.verdict.outcome) == ("rcpt", "deferred")
        assert time.monotonic() < session.deadline + 0.5


def test_after_the_deadline_nothing_is_begun():
    with FakeSMTP() as server:
        session = connect(server)
        session.deadline = time.monotonic() - 1
        assert fault_of(hand_over, session).verdict.outcome == "deferred"
        assert not server.steps("mail")
        deadline = time.monotonic() - 1
        fault = fault_of(SmtpSession.open, account(server), deadline=deadline)
        assert fault.phase == "connect"


def test_the_last_answer_is_waited_for_a_little_past_the_deadline():
    with FakeSMTP(at("end", Sleep(0.4))) as server:
        session = connect(server, Timeouts())
        session.deadline = time.monotonic() + 0.3
        assert hand_over(session).code == 250
        session.close()


# === WHAT IS NO MAIL SERVER === #


@pytest.mark.parametrize(
    "banner",
    [
        "SECRET inner banner",
        "-ERR SECRET",
        "22",
        "2200 SECRET",
        "HTTP/1.1 400 SECRET",
        ["220-one", "250 SECRET"],
        "x" * 10_000,
        ["220-" + "x" * 1000] * 80 + ["220 x"],
    ],
)
def test_what_another_service_says_is_not_passed_on(banner):
    with FakeSMTP(at("connect", banner)) as server:
        fault = fault_of(connect, server)
        verdict = fault.verdict
        assert (verdict.outcome, verdict.reason) == ("cool_down", "protocol")
        assert "SECRET" not in f"{verdict} {fault} {fault.text!r}"


def test_a_reply_out_of_turn_is_not_taken_for_the_next_answer():
    # Two replies to RCPT: the second must not pass for the reply to the message.
    with FakeSMTP(at("rcpt", ["250 ok", "354 go", "250 queued"])) as server:
        session = connect(server)
        fault = fault_of(hand_over, session)
        assert fault.verdict.reason == "protocol" and not session.alive
        assert not server.accepted


def test_a_text_of_many_lines_is_kept():
    with FakeSMTP(at("rcpt", ["550-5.1.1 no", "550 5.1.1 body"])) as server:
        session = connect(server)
        verdict = fault_of(hand_over, session).verdict
        assert (verdict.enhanced, verdict.text) == ("5.1.1", "5.1.1 no·5.1.1 body")
        session.close()


# === NO CONNECTION === #


def test_refused_connection():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    fault = fault_of(
        SmtpSession.open,
        SmtpAccount("localhost", port, "none", allowed_networks=LOOPBACK),
        SHORT,
    )
    assert (fault.phase, fault.verdict.reason) == ("connect", "refused")


def test_the_second_address_is_tried_when_the_first_does_not_answer(monkeypatch):
    with FakeSMTP() as server:
        targets = [
            (socket.AF_INET6, ("::1", server.port)),
            (socket.AF_INET, ("127.0.0.1", server.port)),
        ]
        monkeypatch.setattr("tools.smtp_session.resolve", lambda *_args: targets)
        connect(server).close()
        assert server.connections == 1


def test_an_inner_address_is_not_connected_to():
    with FakeSMTP() as server:
        fault = fault_of(connect, server, allowed_networks=())
        verdict = fault.verdict
        assert (verdict.outcome, verdict.reason) == ("account_fault", "blocked_address")
        assert server.connections == 0


def test_the_name_is_looked_up_once(monkeypatch):
    real, asked = socket.getaddrinfo, []

    def look_up(host, *args, **kwargs):
        asked.append(host)
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with FakeSMTP() as server:
        connect(server).close()
    assert asked == ["localhost"]


def wait_for(condition, seconds=3):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.01)


def test_no_thread_is_left_waiting_for_a_closed_server():
    before = threading.active_count()
    with FakeSMTP() as server:
        session = connect(server)
    wait_for(lambda: threading.active_count() <= before)
    session.close()
