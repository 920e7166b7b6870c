"""Our session against a mail server that half the internet runs on."""

import time
from unittest.mock import patch

import pytest
from certificates import Authority
from fake_smtp import FakeSMTP
from postfix import Postfix, why_not

from tools.account_probe import probe
from tools.address_guard import parse_networks
from tools.smtp_session import SmtpAccount, SmtpFault, SmtpSession

SENDER, BOSS = "office@firm.test", "boss@firm.test"
MESSAGE = b"From: office@firm.test\r\nSubject: %d\r\n\r\nHello\r\n.\r\n..dots\r\n"
WAIT_SECONDS = 20


@pytest.fixture
def behind():
    with FakeSMTP() as server:
        yield server


@pytest.fixture
def postfix(tmp_path, behind):
    if reason := why_not():
        pytest.skip(reason)
    authority = Authority(tmp_path)
    authority.server_context("localhost")
    certificate = tmp_path / "localhost-False-False.pem"
    folder = tmp_path / "postfix"
    folder.mkdir()
    context = authority.client_context()
    with (
        patch("tools.smtp_account.default_context", lambda _strict: context),
        Postfix(folder, certificate, behind.port, BOSS) as server,
    ):
        yield server


def account(server, **changes):
    values = {
        "host": "localhost",
        "port": server.port,
        "allowed_networks": parse_networks("127.0.0.0/8, ::1"),
    }
    return SmtpAccount(**{**values, **changes})


def test_automatic_encryption_finds_its_way(postfix, behind):
    finding = probe(account(postfix), SENDER, automatic=True)
    assert finding.works, finding
    assert finding.best.encryption == "starttls_strict"
    assert finding.max_size == 10240000
    assert not behind.accepted


def test_plain_is_told_to_encrypt(postfix):
    finding = probe(account(postfix, encryption="none"), SENDER)
    assert finding.best.reason == "tls_required"


def test_a_refused_sender_is_found_before_anything_is_sent(postfix):
    finding = probe(account(postfix), BOSS, automatic=True)
    assert finding.best.reason == "sender_refused"
    assert finding.best.phase == "rcpt", "Postfix speaks up at RCPT only"


def test_what_is_handed_over_arrives_as_it_was(postfix, behind):
    session = SmtpSession.open(account(postfix))
    assert session.tls_version.startswith("TLSv1")
    for number in range(20):
        reply = session.deliver(
            SENDER, f"r{number}@kund.test", MESSAGE % number, lambda: None
        )
        assert reply.code == 250
    with pytest.raises(SmtpFault) as caught:
        session.deliver(BOSS, "r@kund.test", MESSAGE % 99, lambda: None)
    assert caught.value.phase == "rcpt"
    assert session.deliver(SENDER, "last@kund.test", MESSAGE % 20, lambda: None)
    session.close()
    until = time.monotonic() + WAIT_SECONDS
    while len(behind.accepted) < 21 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(behind.accepted) == 21, postfix.log
    for message in behind.accepted:
        assert message.data.endswith(b"\r\n\r\nHello\r\n.\r\n..dots\r\n")
