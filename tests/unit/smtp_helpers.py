"""What the tests of the SMTP session share."""

import time

import pytest

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


def wait_for(condition, seconds=3):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.01)
