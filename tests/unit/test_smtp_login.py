"""Logging in: the password is sent once, and the answer is looked at."""

import base64
import smtplib

import pytest
from fake_smtp import FakeSMTP
from login_helpers import USERS, connect, verdict_of

from tools import smtp_wire
from tools.smtp_session import SmtpAccount, SmtpFault


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
