"""The scripted server keeps its promises: what it counts as accepted is the oracle."""

import smtplib
import time

import pytest
from fake_smtp import DROP, NO_ACCEPT, RST, Drip, FakeSMTP, Sleep


def send(server, data=b"x\r\n"):
    """Send with Python's own client, and without QUIT."""
    client = smtplib.SMTP("127.0.0.1", server.port, timeout=3)
    try:
        client.ehlo()
        client.mail("a@b.test")
        client.rcpt("c@d.test")
        return client.data(data)
    finally:
        client.close()


def only(step, action):
    return lambda name, _arg, _ctx: action if name == step else None


@pytest.mark.parametrize(
    ("action", "accepted"),
    [
        (None, 1),
        ("250 ok", 1),
        (Sleep(0.01), 1),
        (["250-a", "250 b"], 1),
        ("450 no", 0),
        ("550 no", 0),
        (["550-a", "550 b"], 0),
        (Sleep(0.01, "451 no"), 0),
        (Drip(0.001, "550 no"), 0),
    ],
)
def test_its_reply_decides_what_counts(action, accepted):
    with FakeSMTP(only("end", action)) as server:
        code, _text = send(server)
        assert len(server.accepted) == accepted
        assert (code == 250) is bool(accepted)


@pytest.mark.parametrize("action", [DROP, RST, Sleep(0.01, DROP)])
def test_without_a_reply_the_message_stays_accepted(action):
    with FakeSMTP(only("end", action)) as server:
        with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
            send(server)
        assert len(server.accepted) == 1


def test_a_message_that_is_lied_about():
    with FakeSMTP(only("accept", NO_ACCEPT)) as server:
        assert send(server)[0] == 250
        assert not server.accepted


def test_what_is_recorded():
    with FakeSMTP() as server:
        send(server, b"one\r\n.two\r\n")
        (message,) = server.accepted
        assert (message.sender, message.rcpt) == ("a@b.test", ("c@d.test",))
        assert message.data == b"one\r\n.two\r\n"
        assert message.at <= time.monotonic()
        steps = [step for step, _arg in server.log]
        wanted = ["connect", "ehlo", "mail", "rcpt", "data", "body", "accept", "end"]
        assert [step for step in steps if step in wanted] == wanted


def test_scripts_know_the_connection():
    seen = []

    def script(step, _arg, ctx):
        if step == "end":
            seen.append(
                (ctx["number"], ctx["messages"], ctx["mail"], list(ctx["rcpt"]))
            )

    with FakeSMTP(script) as server:
        send(server)
        send(server)
    assert seen == [
        (1, 0, "a@b.test", ["c@d.test"]),
        (2, 0, "a@b.test", ["c@d.test"]),
    ]


def test_connections_are_served_side_by_side():
    def script(step, _arg, ctx):
        return Sleep(0.3) if step == "mail" and ctx["number"] == 1 else None

    with FakeSMTP(script) as server:
        slow = smtplib.SMTP("127.0.0.1", server.port, timeout=3)
        slow.ehlo()
        slow.putcmd("MAIL FROM:<a@b.test>")
        started = time.monotonic()
        send(server)
        assert time.monotonic() - started < 0.25
        assert slow.getreply()[0] == 250
        slow.close()
