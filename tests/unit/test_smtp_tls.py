"""Passwords go over encrypted lines to the right server, or nowhere (T11)."""

import ssl

import pytest
from certificates import Authority
from fake_smtp import DROP, FakeSMTP
from login_helpers import USERS, connect, server_for, verdict_of

from tools import smtp_wire


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def trusted(authority, monkeypatch):
    """Let the test's authority stand for those the operating system trusts."""
    real = smtp_wire.ssl.create_default_context

    def create(*args, **kwargs):
        context = real(*args, **kwargs)
        context.load_verify_locations(authority.path)
        return context

    monkeypatch.setattr(smtp_wire.ssl, "create_default_context", create)


@pytest.mark.parametrize(
    "encryption", ["ssl", "ssl_strict", "starttls", "starttls_strict"]
)
def test_a_good_certificate(authority, encryption):
    with server_for(authority.server_context(), encryption) as server:
        session = connect(server, encryption)
        assert session.tls_version.startswith("TLSv1")
        (message,) = server.accepted
        assert message.tls and message.user == "shop"
        assert server.logins == [("shop päss wörd", True)]


@pytest.mark.parametrize("encryption", ["ssl_strict", "starttls_strict"])
@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        ({"self_signed": True}, "certificate"),
        ({"host": "other.test"}, "certificate_host"),
        ({"expired": True}, "certificate_expired"),
    ],
)
def test_a_bad_certificate_gets_no_password(authority, encryption, certificate, reason):
    context = authority.server_context(**certificate)
    with server_for(context, encryption) as server:
        verdict = verdict_of(server, encryption)
        assert (verdict.outcome, verdict.reason) == ("account_fault", reason)
        assert not server.logins and not server.accepted


@pytest.mark.parametrize("encryption", ["ssl", "starttls"])
def test_encryption_only_takes_any_certificate(authority, encryption):
    context = authority.server_context(host="other.test", self_signed=True)
    with server_for(context, encryption) as server:
        connect(server, encryption)
        assert len(server.accepted) == 1


@pytest.mark.parametrize("encryption", ["starttls", "starttls_strict"])
def test_no_starttls_is_no_reason_to_go_on_in_clear(encryption):
    with FakeSMTP(users=USERS) as server:
        verdict = verdict_of(server, encryption)
        assert (verdict.outcome, verdict.reason) == ("account_fault", "no_starttls")
        assert not server.logins and not server.accepted


def test_starttls_that_is_stripped_on_the_way(authority):
    def strip(step, _arg, _ctx):
        return (
            ["250-fake", "250-XXXXXXXX", "250 AUTH PLAIN"] if step == "ehlo" else None
        )

    with server_for(authority.server_context(), "starttls", script=strip) as server:
        assert verdict_of(server, "starttls_strict").reason == "no_starttls"
        assert not server.logins


@pytest.mark.parametrize(
    ("reply", "outcome", "reason"),
    [
        ("454 4.7.0 not now", "cool_down", "server_busy"),
        ("502 no", "account_fault", "no_starttls"),
        (DROP, "cool_down", "connection_lost"),
    ],
)
def test_starttls_refused(authority, reply, outcome, reason):
    def script(step, _arg, _ctx):
        return reply if step == "starttls" else None

    with server_for(authority.server_context(), "starttls", script=script) as server:
        verdict = verdict_of(server, "starttls_strict")
        assert (verdict.outcome, verdict.reason) == (outcome, reason)
        assert not server.logins


def test_words_slipped_in_before_the_handshake_are_refused(authority):
    def script(step, _arg, _ctx):
        return ["220 go", "250 slipped in"] if step == "starttls" else None

    with server_for(authority.server_context(), "starttls", script=script) as server:
        assert verdict_of(server, "starttls_strict").reason == "protocol"
        assert not server.logins


@pytest.mark.parametrize("encryption", ["ssl", "ssl_strict"])
def test_a_plain_port_as_ssl(encryption):
    with FakeSMTP(users=USERS) as server:
        verdict = verdict_of(server, encryption)
        assert (verdict.outcome, verdict.reason) == ("account_fault", "tls")
        assert not server.logins and not server.accepted


def test_a_context_of_ones_own_is_used(authority):
    with server_for(authority.server_context(), "ssl") as server:
        connect(server, "ssl_strict", ssl_context=authority.client_context())
        assert len(server.accepted) == 1


def client_certificate_context(mode):
    """Make what Odoo makes for accounts with a client certificate."""
    pyopenssl = pytest.importorskip("urllib3.contrib.pyopenssl")
    context = pyopenssl.PyOpenSSLContext(ssl.PROTOCOL_TLS)
    context.verify_mode = mode
    return context


@pytest.mark.parametrize("encryption", ["ssl", "starttls"])
def test_a_context_of_pyopenssl(authority, encryption):
    context = client_certificate_context(ssl.CERT_NONE)
    with server_for(authority.server_context(), encryption) as server:
        session = connect(server, encryption, ssl_context=context)
        assert session.tls_version and len(server.accepted) == 1


def test_a_context_of_pyopenssl_that_refuses(authority):
    context = client_certificate_context(ssl.CERT_REQUIRED)
    with server_for(authority.server_context(self_signed=True), "ssl") as server:
        assert verdict_of(server, "ssl", ssl_context=context).reason == "certificate"
        assert not server.logins
