"""Passwords go over encrypted lines to the right server, or nowhere (T11)."""

import base64
import contextlib
import smtplib

import pytest
from certificates import Authority
from fake_smtp import DROP, FakeSMTP

from tools import smtp_wire
from tools.address_guard import parse_networks
from tools.smtp_session import SmtpAccount, SmtpFault, SmtpSession, Timeouts

LOOPBACK = parse_networks("127.0.0.0/8, ::1")
SHORT = Timeouts(connect=2, greeting=2, command=2, block=2, end=2)
USERS = {"shop": "päss wörd", "shop@xn--bcher-kva.test": "secret"}
LOGIN = {"user": "shop", "password": USERS["shop"]}


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


# === TLS === #


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


# === AUTH === #


def test_a_password_in_clear_goes_to_this_machine_only(monkeypatch):
    with FakeSMTP(users=USERS) as server:
        connect(server, "none")
        assert server.logins == [("shop päss wörd", False)]
    monkeypatch.setattr(smtp_wire.Wire, "is_loopback", False)
    for login in (None, lambda wire: wire.login("shop", "x")):
        with FakeSMTP(users=USERS) as server:
            verdict = verdict_of(server, "none", login=login)
            assert (verdict.outcome, verdict.reason) == ("account_fault", "no_tls")
            assert not server.logins and not server.accepted


@pytest.mark.parametrize(
    "offered", ["PLAIN", "LOGIN", "CRAM-MD5 LOGIN", "X PLAIN LOGIN"]
)
def test_mechanisms(offered):
    with FakeSMTP(users=USERS, auth=offered) as server:
        connect(server, "none")
        assert server.accepted[0].user == "shop"


@pytest.mark.parametrize("offered", ["", "XOAUTH2", "CRAM-MD5"])
def test_no_mechanism_in_common(offered):
    with FakeSMTP(users=USERS, auth=offered) as server:
        verdict = verdict_of(server, "none")
        assert (verdict.outcome, verdict.reason) == (
            "account_fault",
            "auth_not_offered",
        )


@pytest.mark.parametrize("offered", ["PLAIN LOGIN", "LOGIN"])
def test_a_wrong_password_is_sent_once(offered):
    with FakeSMTP(users=USERS, auth=offered) as server:
        verdict = verdict_of(server, "none", password="wrong")
        assert (verdict.outcome, verdict.reason) == (
            "account_fault",
            "password_refused",
        )
        assert (verdict.code, verdict.enhanced) == (535, "5.7.8")
        assert len(server.logins) == 1 and not server.accepted


def test_a_login_that_is_refused_for_now():
    def script(step, _arg, _ctx):
        return "454 4.7.0 later" if step == "auth" else None

    with FakeSMTP(script, users=USERS) as server:
        assert verdict_of(server, "none").outcome == "cool_down"


def test_the_domain_of_a_user_goes_in_wire_form():
    with FakeSMTP(users=USERS) as server:
        connect(server, "none", user="shop@Bücher.test", password="secret")
        assert server.accepted[0].user == "shop@xn--bcher-kva.test"


def test_the_password_is_in_no_representation():
    account = SmtpAccount("mail.test", 587, password="s3cret")
    fault = SmtpFault("auth", 535, b"no")
    assert "s3cret" not in f"{account!r} {account} {fault!r} {fault}"


def test_without_a_user_nobody_logs_in():
    with FakeSMTP(users=USERS) as server:
        connect(server, "none", user="")
        assert not server.logins and len(server.accepted) == 1


# === LOGIN HELPERS === #


def oauth(wire):
    """Log in as Odoo's OAuth helpers do: without a look at the answer."""
    assert isinstance(wire, smtplib.SMTP)
    wire.ehlo()
    wire.docmd("AUTH", "XOAUTH2 " + base64.b64encode(b"user=shop").decode())


def answering(*replies):
    answers = list(replies)

    def script(step, _arg, _ctx):
        return answers.pop(0) if step == "auth" else None

    return script


def test_a_helper_that_succeeds():
    with FakeSMTP(answering("235 ok"), users=USERS) as server:
        connect(server, "none", login=oauth)
        assert len(server.accepted) == 1


def test_a_helper_that_is_refused_and_does_not_notice():
    with FakeSMTP(answering("535 5.7.8 no"), users=USERS) as server:
        verdict = verdict_of(server, "none", login=oauth)
        assert (verdict.phase, verdict.reason) == ("auth", "password_refused")
        assert not server.accepted


def test_a_helper_that_is_told_why_before_it_is_refused():
    with FakeSMTP(answering("334 eyJzdGF0dXMiOiI0MDAifQ=="), users=USERS) as server:
        verdict = verdict_of(server, "none", login=oauth)
        # The server of the test answers the empty line with 502; Google with 535.
        assert (verdict.phase, verdict.outcome) == ("auth", "account_fault")


def test_smtplibs_own_login_as_a_helper():
    def log_in(password):
        return lambda wire: wire.login("shop", password)

    with FakeSMTP(users={"shop": "plain"}) as server:
        connect(server, "none", login=log_in("plain"))
        verdict = verdict_of(server, "none", login=log_in("wrong"))
        assert (verdict.code, verdict.reason) == (535, "password_refused")
    with FakeSMTP() as server:
        verdict = verdict_of(server, "none", login=log_in("plain"))
        assert verdict.reason == "auth_not_offered"


def test_a_helper_that_breaks_leaves_nothing_open():
    def broken(_wire):
        raise KeyError("token")

    with FakeSMTP(users=USERS) as server:
        with pytest.raises(KeyError):
            connect(server, "none", login=broken)
        assert not server.accepted
