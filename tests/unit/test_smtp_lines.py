"""Lines that break, drag or lead to the wrong place (T2): the phase is exact."""

import socket
import threading
import time

import pytest
from fake_smtp import DROP, RST, SILENCE, Drip, DropBody, FakeSMTP, Sleep
from smtp_helpers import (
    LOOPBACK,
    MESSAGE,
    SHORT,
    account,
    at,
    connect,
    fault_of,
    hand_over,
    wait_for,
)

from tools.smtp_session import SmtpAccount, SmtpSession, Timeouts

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
        # A reset can be quicker than the end of the connecting.
        expected = ("connect", "greeting") if step == "connect" else (step,)
        assert fault.phase in expected
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


def test_a_dot_that_does_not_get_out_is_before_the_dot(monkeypatch):
    with FakeSMTP() as server:
        session = connect(server)
        send = session._wire.send

        def broken(data):
            if data == b".\r\n":
                raise BrokenPipeError("gone")
            send(data)

        monkeypatch.setattr(session._wire, "send", broken)
        fault = fault_of(hand_over, session)
        assert (fault.phase, fault.verdict.outcome) == ("body", "deferred")
        wait_for(lambda: server.steps("broken"))
        assert not server.accepted and not session.alive


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


def test_no_thread_is_left_waiting_for_a_closed_server():
    before = threading.active_count()
    with FakeSMTP() as server:
        session = connect(server)
    wait_for(lambda: threading.active_count() <= before)
    session.close()
