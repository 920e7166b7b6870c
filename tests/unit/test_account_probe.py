"""Trying settings out: what works, what is wrong, and what must never happen (T11)."""

from unittest.mock import patch

import pytest
from certificates import Authority
from fake_smtp import SILENCE, FakeSMTP

from tools import account_probe
from tools.account_probe import CANDIDATES, candidates, probe
from tools.address_guard import parse_networks
from tools.smtp_session import SmtpAccount, Timeouts

LOOPBACK = parse_networks("127.0.0.0/8, ::1")
SHORT = Timeouts(connect=1, greeting=1, command=1, block=1, end=1)
USER, PASSWORD = "office@firm.test", "right"


@pytest.fixture
def authority(tmp_path):
    """An authority that the tools trust, and no other."""
    known = Authority(tmp_path)
    context = known.client_context()
    with patch("tools.smtp_account.default_context", lambda _strict: context):
        yield known


def serve(authority=None, implicit=False, script=None, **certificate):
    context = authority and authority.server_context(**certificate)
    return FakeSMTP(script, tls=context, implicit=implicit, users={USER: PASSWORD})


def try_out(server, automatic=True, sender=USER, **changes):
    values = {
        "host": "localhost",
        "port": server.port,
        "encryption": "starttls_strict",
        "user": USER,
        "password": PASSWORD,
        "allowed_networks": LOOPBACK,
    }
    account = SmtpAccount(**{**values, **changes})
    return probe(account, sender, automatic, patience=SHORT)


# === WHAT IS TRIED === #


def test_without_a_port_the_usual_ones_are_tried_encrypted():
    assert candidates("mail.firm.test", 0, True) == CANDIDATES
    assert all(encryption.endswith("strict") for _port, encryption in CANDIDATES)


def test_a_typed_port_is_tried_first():
    assert candidates("mail.firm.test", 587, True)[0] == (587, "starttls_strict")
    assert candidates("mail.firm.test", 2525, True) == (
        (2525, "ssl_strict"),
        (2525, "starttls_strict"),
    )


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_plain_is_for_this_machine_without_a_password(host):
    assert (1025, "none") in candidates(host, 1025, False)
    assert (1025, "none") not in candidates(host, 1025, True)
    assert (1025, "none") not in candidates("10.0.0.1", 1025, False)


# === WHAT WORKS === #


@pytest.mark.parametrize("implicit", [True, False])
def test_the_kind_of_tls_is_found_out(authority, implicit):
    with serve(authority, implicit) as server:
        finding = try_out(server)
    assert finding.works
    assert finding.best.encryption == ("ssl_strict" if implicit else "starttls_strict")
    assert finding.max_size == 52428800
    assert not server.accepted
    assert all(encrypted for _login, encrypted in server.logins)


def test_a_catcher_on_this_machine_works_without_anything():
    with FakeSMTP() as server:
        finding = try_out(server, user="", password="")
    assert (finding.works, finding.best.encryption) == (True, "none")


# === WHAT IS WRONG === #


@pytest.mark.parametrize("implicit", [True, False])
@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        ({"host": "other.test"}, "certificate_host"),
        ({"expired": True}, "certificate_expired"),
        ({"self_signed": True}, "certificate"),
    ],
)
def test_a_bad_certificate_gets_no_password(authority, implicit, certificate, reason):
    with serve(authority, implicit, **certificate) as server:
        finding = try_out(server)
    assert finding.best.reason == reason
    assert not server.logins


def test_a_server_without_tls_gets_no_password():
    with serve() as server:
        finding = try_out(server)
    assert finding.best.reason == "no_starttls"
    assert not server.logins


def test_a_refused_password_is_sent_once(authority):
    with serve(authority) as server:
        finding = try_out(server, password="wrong")
    assert finding.best.reason == "password_refused"
    assert len(server.logins) == 1


def test_a_refused_sender_is_told_from_a_mailbox_that_does_not_receive(authority):
    def script(step, arg, _ctx):
        if step == "rcpt":
            return replies[0]
        return None

    replies = ["553 5.7.1 Sender address rejected: not owned by user"]
    with serve(authority, script=script) as server:
        assert try_out(server).best.reason == "sender_refused"
    replies[0] = "550 5.1.1 User unknown"
    with serve(authority, script=script) as server:
        assert try_out(server).works


def test_a_silent_server_ends_in_time(authority):
    with serve(authority, script=lambda step, *_: SILENCE) as server:
        finding = try_out(server, automatic=False)
    assert finding.best.reason == "timeout"


def test_the_most_telling_failure_is_told():
    with serve() as server:
        port = server.port
    finding = probe(
        SmtpAccount("localhost", port, allowed_networks=LOOPBACK), "", True, None, SHORT
    )
    assert finding.best.reason == "refused"


def test_a_place_inside_the_network_is_not_even_looked_at(authority):
    with serve(authority) as server:
        finding = try_out(server, allowed_networks=())
    assert finding.best.reason == "blocked_address"
    assert len(finding.tries) == 1
    assert not server.log


def test_the_budget_ends_the_search(authority, monkeypatch):
    monkeypatch.setattr(account_probe, "BUDGET", 0)
    with serve(authority) as server:
        finding = try_out(server)
    assert len(finding.tries) == 1
