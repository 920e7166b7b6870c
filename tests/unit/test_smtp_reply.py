"""Every reply has one meaning (rule R6, T1's matrix)."""

import errno
import socket
import ssl

import pytest

from tools.address_guard import BlockedAddress
from tools.smtp_error import NotSmtp, SessionRefused
from tools.smtp_reason import REASONS
from tools.smtp_reply import OUTCOMES, PHASES, SESSION_PHASES, classify, safe_text

#       greeting     mail             rcpt         data         end
MATRIX = {
    421: ("cool_down", "cool_down", "cool_down", "cool_down", "cool_down"),
    450: ("cool_down", "deferred", "deferred", "deferred", "deferred"),
    451: ("cool_down", "deferred", "deferred", "deferred", "deferred"),
    452: ("cool_down", "deferred", "deferred", "deferred", "deferred"),
    454: ("cool_down", "deferred", "deferred", "deferred", "deferred"),
    550: ("cool_down", "account_fault", "failed", "failed", "failed"),
    551: ("cool_down", "account_fault", "failed", "failed", "failed"),
    552: ("cool_down", "failed", "failed", "failed", "failed"),
    553: ("cool_down", "account_fault", "failed", "failed", "failed"),
    554: ("cool_down", "account_fault", "failed", "failed", "failed"),
    530: ("cool_down",) + 4 * ("account_fault",),
    535: ("cool_down",) + 4 * ("account_fault",),
}
COLUMNS = ("greeting", "mail", "rcpt", "data", "end")


@pytest.mark.parametrize("code", MATRIX)
@pytest.mark.parametrize("phase", COLUMNS)
def test_matrix(phase, code):
    verdict = classify(phase, code, "no")
    assert verdict.outcome == MATRIX[code][COLUMNS.index(phase)]
    assert verdict.code == code and verdict.phase == phase


@pytest.mark.parametrize(
    ("phase", "code", "outcome"),
    [
        ("greeting", 220, "accepted"),
        ("ehlo", 250, "accepted"),
        ("ehlo", 450, "cool_down"),
        ("ehlo", 550, "account_fault"),
        ("starttls", 220, "accepted"),
        ("starttls", 454, "cool_down"),
        ("starttls", 502, "account_fault"),
        ("auth", 235, "accepted"),
        ("auth", 334, "cool_down"),
        ("auth", 421, "cool_down"),
        ("auth", 454, "cool_down"),
        ("auth", 530, "account_fault"),
        ("auth", 534, "account_fault"),
        ("auth", 535, "account_fault"),
        ("mail", 250, "accepted"),
        ("mail", 501, "account_fault"),
        ("rcpt", 250, "accepted"),
        ("rcpt", 251, "accepted"),
        ("rcpt", 252, "accepted"),
        ("rcpt", 501, "failed"),
        ("data", 354, "accepted"),
        ("data", 250, "deferred"),
        ("rcpt", 354, "deferred"),
        ("end", 250, "accepted"),
        ("end", 354, "uncertain"),
        ("end", 199, "uncertain"),
        ("mail", 666, "deferred"),
        ("greeting", 666, "cool_down"),
    ],
)
def test_other_replies(phase, code, outcome):
    assert classify(phase, code, "").outcome == outcome


LOST = ConnectionResetError(errno.ECONNRESET, "reset")
LATE = TimeoutError("timed out")


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("error", [LOST, LATE, OSError("?"), NotSmtp(), ValueError()])
def test_no_reply(phase, error):
    expected = "cool_down" if phase in SESSION_PHASES else "deferred"
    expected = "uncertain" if phase == "end" else expected
    assert classify(phase, error=error).outcome == expected


def certificate_error(number):
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = number
    return error


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (socket.gaierror(-2, "unknown"), "cool_down", "host_not_found"),
        (ConnectionRefusedError(), "cool_down", "refused"),
        (ConnectionResetError(), "cool_down", "connection_lost"),
        (BrokenPipeError(), "cool_down", "connection_lost"),
        (TimeoutError(), "cool_down", "timeout"),
        (OSError(errno.EHOSTUNREACH, "no route"), "cool_down", "unreachable"),
        (NotSmtp(), "cool_down", "protocol"),
        (RuntimeError(), "cool_down", "unknown"),
        (None, "cool_down", "unknown"),
        (certificate_error(18), "account_fault", "certificate"),
        (certificate_error(10), "account_fault", "certificate_expired"),
        (certificate_error(62), "account_fault", "certificate_host"),
        (certificate_error(64), "account_fault", "certificate_host"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), "account_fault", "tls"),
        (
            ssl.SSLError("bad: certificate verify failed"),
            "account_fault",
            "certificate",
        ),
        (ssl.SSLError("The handshake timed out"), "cool_down", "timeout"),
        (ssl.SSLEOFError(8, "EOF"), "cool_down", "connection_lost"),
        (SessionRefused("no_starttls"), "account_fault", "no_starttls"),
        (SessionRefused("no_tls"), "account_fault", "no_tls"),
        (BlockedAddress("mail.test", "10.0.0.1"), "account_fault", "blocked_address"),
    ],
)
def test_why_there_is_no_connection(error, outcome, reason):
    verdict = classify("connect", error=error)
    assert (verdict.outcome, verdict.reason) == (outcome, reason)


@pytest.mark.parametrize("reason", ["too_big", "bad_address"])
def test_what_we_refuse_about_one_message_is_not_the_accounts_fault(reason):
    verdict = classify("mail", error=SessionRefused(reason))
    assert (verdict.outcome, verdict.reason) == ("failed", reason)


@pytest.mark.parametrize(
    ("phase", "code", "text", "reason"),
    [
        ("rcpt", 550, "5.1.1 user unknown", "mailbox_unknown"),
        ("rcpt", 550, "No such user here", "mailbox_unknown"),
        ("rcpt", 550, "Recipient address rejected: undeliverable", "mailbox_unknown"),
        ("rcpt", 550, "5.1.10 null MX", "domain_unknown"),
        ("rcpt", 550, "5.1.2 bad domain", "domain_unknown"),
        ("rcpt", 550, "5.2.1 disabled", "mailbox_disabled"),
        ("rcpt", 450, "4.2.1 receiving too quickly", "mailbox_busy"),
        ("rcpt", 550, "no", "recipient_refused"),
        ("rcpt", 450, "busy", "mailbox_busy"),
        ("rcpt", 551, "try elsewhere", "mailbox_moved"),
        ("rcpt", 452, "4.2.2 full", "mailbox_full"),
        ("rcpt", 552, "5.2.2 full", "mailbox_full"),
        ("rcpt", 552, "", "mailbox_full"),
        ("rcpt", 552, "5.3.4 too big", "too_big"),
        ("mail", 552, "", "too_big"),
        ("end", 552, "", "too_big"),
        ("end", 552, "5.3.4 message too big", "too_big"),
        ("end", 452, "4.3.1 disk full", "server_busy"),
        ("mail", 452, "", "server_busy"),
        ("rcpt", 450, "4.7.1 Greylisted, come back", "greylisted"),
        ("rcpt", 451, "greylisting in action", "greylisted"),
        ("rcpt", 554, "5.7.1 <x>: Relay access denied", "relay_denied"),
        ("rcpt", 550, "relaying denied", "relay_denied"),
        ("end", 554, "5.7.1 blocked using Spamhaus", "spam"),
        ("end", 550, "5.7.26 unauthenticated", "sender_unproven"),
        ("end", 550, "rejected due to DMARC policy", "sender_unproven"),
        ("end", 554, "5.7.1 not allowed", "policy"),
        ("end", 554, "rejected", "message_refused"),
        ("end", 451, "later", "server_busy"),
        ("rcpt", 450, "4.7.0 too many messages", "rate_limited"),
        ("end", 451, "4.4.5 too much", "rate_limited"),
        ("rcpt", 553, "5.1.3 syntax", "bad_address"),
        ("rcpt", 550, "5.1.8 Sender address rejected: not found", "sender_refused"),
        ("rcpt", 550, "Sender address rejected: Domain not found", "sender_refused"),
        ("mail", 550, "5.1.1 unknown user", "sender_refused"),
        ("mail", 553, "", "sender_refused"),
        ("mail", 530, "5.7.0 Authentication required", "auth_required"),
        ("rcpt", 530, "", "auth_required"),
        ("auth", 535, "5.7.8 bad", "password_refused"),
        ("auth", 535, "5.7.139 basic authentication is disabled", "password_refused"),
        ("auth", 454, "4.7.0 later", "server_busy"),
        ("starttls", 502, "", "no_starttls"),
        ("greeting", 554, "no", "server_refused"),
        ("greeting", 421, "", "server_closing"),
        ("end", 421, "", "server_closing"),
        ("rcpt", 421, "4.7.0 rate limit", "rate_limited"),
        ("end", 299, "", ""),
        ("end", 354, "", "protocol"),
    ],
)
def test_reasons(phase, code, text, reason):
    assert classify(phase, code, text).reason == reason


def test_the_lists_are_closed():
    for phase in PHASES:
        for code in (None, *range(200, 600)):
            for text in ("", "5.1.1 x", "5.7.1 spam", "4.2.2 quota"):
                verdict = classify(phase, code, text)
                assert verdict.outcome in OUTCOMES
                assert verdict.reason in REASONS or verdict.outcome == "accepted"


def test_a_used_up_quota_is_no_fault_of_the_recipient():
    text = "5.4.5 Daily user sending limit exceeded."
    verdict = classify("end", 550, text)
    assert (verdict.outcome, verdict.reason) == ("cool_down", "rate_limited")
    assert classify("end", 550, "5.4.5 congestion").outcome == "failed"


@pytest.mark.parametrize(
    ("phase", "code", "counts"),
    [
        ("greeting", 421, False),
        ("auth", 535, False),
        ("mail", 553, False),
        ("rcpt", 530, False),
        ("rcpt", 421, True),
        ("rcpt", 450, True),
        ("rcpt", 550, True),
        ("end", 354, True),
        ("end", 250, True),
    ],
)
def test_what_counts_as_a_try_of_the_message(phase, code, counts):
    assert classify(phase, code, "").counts is counts


@pytest.mark.parametrize(
    ("text", "enhanced"),
    [
        ("5.1.1 unknown", "5.1.1"),
        ("4.7.650 later", "4.7.650"),
        (b"5.1.1 bytes", "5.1.1"),
        ("5.1.1\n5.1.1 second line", "5.1.1"),
        ("5.1.1", "5.1.1"),
        ("5.1.1.1 is an address", ""),
        ("10.5.1.1", ""),
        ("see 5.1.1", ""),
        ("3.1.1 no class", ""),
        ("", ""),
    ],
)
def test_enhanced_code(text, enhanced):
    assert classify("rcpt", 550, text).enhanced == enhanced


def test_foreign_text_is_cut_and_shows_its_control_characters():
    assert safe_text("a\x1b[31mb\r\nc\x00") == "a·[31mb·c·"
    assert safe_text("\u202eevil") == "·evil"
    assert len(safe_text("x" * 1_000_000)) == 500
    assert len(safe_text(b"\xff" * 1_000_000)) == 500
    assert safe_text("<script>") == "<script>"
    assert classify("rcpt", 550, "5.1.1 a\r\nb").text == "5.1.1 a·b"
    assert classify("connect", error=OSError("x\ny")).text == "x·y"


def test_the_text_of_a_service_that_is_no_mail_server_is_not_shown():
    assert classify("greeting", error=NotSmtp("no SMTP reply")).text == "no SMTP reply"
