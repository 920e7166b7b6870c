"""What the tests of encryption and login share."""

import contextlib

import pytest
from fake_smtp import FakeSMTP

from tools.address_guard import parse_networks
from tools.smtp_session import SmtpAccount, SmtpFault, SmtpSession, Timeouts

LOOPBACK = parse_networks("127.0.0.0/8, ::1")
SHORT = Timeouts(connect=2, greeting=2, command=2, block=2, end=2)
USERS = {"shop": "päss wörd", "shop@xn--bcher-kva.test": "secret"}
LOGIN = {"user": "shop", "password": USERS["shop"]}


def connect(server, encryption, login=None, **changes):
    values = {"host": "localhost", "allowed_networks": LOOPBACK, **LOGIN, **changes}
    account = SmtpAccount(port=server.port, encryption=encryption, **values)
    with contextlib.closing(SmtpSession.open(account, SHORT, login=login)) as session:
        session.deliver("shop@acme.test", "jane@customer.test", b"x\r\n", lambda: None)
        return session


def verdict_of(*args, **kwargs):
    with pytest.raises(SmtpFault) as caught:
        connect(*args, **kwargs)
    return caught.value.verdict


def server_for(context, encryption, **changes):
    implicit = encryption.startswith("ssl")
    return FakeSMTP(tls=context, implicit=implicit, users=USERS, **changes)
