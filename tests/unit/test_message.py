"""What leaves is what was asked for, and nothing besides."""

import dataclasses
import email
import email.policy

import pytest
from message_helpers import JANE, SHOP, outgoing

from tools.address import AddressError, parse_address
from tools.message import Part, UnsafeMessage, build, message_id, verify


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def structure(part):
    kind = part.get_content_type().partition("/")
    kind = kind[2] if part.is_multipart() else part.get_content_type()
    return [kind, *map(structure, part.iter_parts())] if part.is_multipart() else kind


def test_the_smallest_message():
    assert build(outgoing()) == (
        b"From: Shop <shop@acme.test>\r\n"
        b"To: Jane Doe <jane@customer.test>\r\n"
        b"Subject: Your order S00042\r\n"
        b"Date: Fri, 28 Mar 2025 12:00:00 +0000\r\n"
        b"Message-ID: <1@acme.test>\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n"
        b"Dear Jane\r\n"
    )


LARGEST = outgoing(
    to=(JANE, parse_address('"Müller, Max" <max@bücher.test>')),
    cc=(parse_address("cc@customer.test"),),
    sender=parse_address("robot@acme.test"),
    reply_to=(parse_address("Käthe <kaethe@acme.test>"),),
    subject="Angebot für Größe € 😀",
    references=("<a@b.test>", "<c@d.test>"),
    html='<p>Grüße <img src="cid:logo.png"></p>',
    inline=(Part("logo.png", "image/png", b"\x89PNG"),),
    calendar="BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    attachments=(Part("Größe.pdf", "application/pdf", b"%PDF\r\n\x00"),),
    automatic=True,
    headers={
        "List-Unsubscribe": "<https://acme.test/u>",
        "X-Odoo-Objects": "a-1",
    },
)


def test_the_largest_message():
    message = parsed(build(LARGEST))
    assert message["To"].addresses[1].display_name == "Müller, Max"
    assert message["To"].addresses[1].addr_spec == "max@xn--bcher-kva.test"
    assert message["Subject"] == "Angebot für Größe € 😀"
    assert message["Sender"] == "robot@acme.test"
    assert message["Reply-To"].addresses[0].display_name == "Käthe"
    assert message["References"].split() == ["<a@b.test>", "<c@d.test>"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF"
    assert message["List-Unsubscribe"] == "<https://acme.test/u>"
    assert structure(message) == [
        "mixed",
        [
            "alternative",
            "text/plain",
            ["related", "text/html", "image/png"],
            "text/calendar",
        ],
        "application/pdf",
    ]
    file = list(message.iter_attachments())[0]
    assert (file.get_filename(), file.get_content()) == ("Größe.pdf", b"%PDF\r\n\x00")
    image = message.get_body(("related",)).get_payload()[1]
    assert image["Content-ID"] == "<logo.png>"
    invitation = message.get_payload()[0].get_payload()[2]
    assert invitation["Content-Type"].params["method"] == "REQUEST"


def test_there_is_never_a_bcc_and_a_person_gets_no_automatic_marks():
    names = {name.lower() for name in parsed(build(outgoing())).keys()}
    assert not names & {
        "bcc",
        "auto-submitted",
        "x-auto-response-suppress",
        "return-path",
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "text/plain"),
        ({"text": "", "html": "<p>x</p>"}, "text/html"),
        ({"text": "", "html": ""}, "text/plain"),
        ({"html": "<p>x</p>"}, ["alternative", "text/plain", "text/html"]),
        (
            {"attachments": (Part("a", "", b""),)},
            ["mixed", "text/plain", "application/octet-stream"],
        ),
    ],
)
def test_no_container_without_need(changes, expected):
    assert structure(parsed(build(outgoing(**changes)))) == expected


def test_the_same_input_gives_the_same_bytes():
    changes = {
        "html": "<b>x</b>",
        "attachments": (Part("a.pdf", "application/pdf", b"1"),),
    }
    assert build(outgoing(**changes)) == build(outgoing(**changes))


@pytest.mark.parametrize(
    "mimetype", ["message/rfc822", "multipart/mixed", "x", "a/b\r\nc", "A/B c"]
)
def test_a_file_stays_a_file_whatever_its_type_claims(mimetype):
    file = Part("mail.eml", mimetype, b"Subject: inner\r\n\r\nx")
    message = parsed(build(outgoing(attachments=(file,))))
    assert structure(message)[2] == "application/octet-stream"


def test_a_calendar_file_says_what_it_asks_for():
    """As a receiver's calendar looks for it (RFC 6047 2.4)."""
    file = Part("visit.ics", "text/calendar", b"BEGIN:VCALENDAR", "CANCEL")
    message = parsed(build(outgoing(attachments=(file,))))
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params["method"] == "CANCEL"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"attachments": (Part("a", "", b"", "ADD\r\nX: y"),)}, "calendar"),
        ({"headers": {"Bcc": "v@x.test"}}, "header"),
        ({"headers": {"X-Odoo-A\r\nBcc": "v@x.test"}}, "header"),
        ({"headers": {"X-Odoo-A: b\r\nBcc": "v@x.test"}}, "header"),
        ({"message_id": "<a@b>\r\nBcc: v@x.test"}, "id"),
        ({"message_id": "no brackets"}, "id"),
        ({"message_id": ""}, "id"),
        ({"calendar": "x", "calendar_method": "REQUEST\r\nX: y"}, "calendar"),
        ({"html": "x", "inline": (Part("a b.png", "image/png", b""),)}, "inline"),
        # An image without the HTML that shows it would get lost.
        ({"inline": (Part("a.png", "image/png", b""),)}, "headers"),
    ],
)
def test_refused(changes, what):
    with pytest.raises(UnsafeMessage) as caught:
        build(outgoing(**changes))
    assert caught.value.what == what


@pytest.mark.parametrize("local", ["a\r\nBcc: v", "a@x.test, v", "a b", "a>, <v"])
def test_an_address_made_by_hand_is_checked_again(local):
    by_hand = dataclasses.replace(JANE, local=local)
    with pytest.raises((UnsafeMessage, AddressError)):
        build(outgoing(to=(by_hand,)))


def test_bad_references_are_left_out():
    raw = build(outgoing(references=("<a@b>", "x\r\nBcc: v@x.test", "", "<c d@e>")))
    assert parsed(raw)["References"] == "<a@b>"


def test_message_id():
    assert message_id("acme.test", "42") == "<42@acme.test>"
    assert message_id("acme.test") != message_id("acme.test")
    for domain, unique in (("", "1"), ("a\r\nb", "1"), ("acme.test", "a b")):
        with pytest.raises(UnsafeMessage):
            message_id(domain, unique)


ORIGINAL = outgoing(
    cc=(SHOP,), html="<p>x</p>", attachments=(Part("a.pdf", "application/pdf", b"1"),)
)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b"From: ", b"Bcc: v@x.test\r\nFrom: ", "headers"),
        (b"Cc: ", b"X-Cc: ", "headers"),
        (b"To: Jane", b"To: v@x.test, Jane", "To"),
        (b"jane@customer.test", b"v@x.test", "To"),
        (b"Jane Doe", b"John Doe", "To"),
        (b"S00042", b"S00043", "subject"),
        (b"<1@acme.test>", b"<2@acme.test>", "id"),
        (b"Dear", b"Deer", "body"),
        (b"<p>", b"<q>", "body"),
        (b"MQ==", b"Mg==", "body"),
        (b"a.pdf", b"b.pdf", "body"),
        (b"attachment;", b"inline;", "body"),
        (b"Subject: Your", b"\r\nSubject: Your", "headers"),
        (b"\r\nDear", b"\r\n\nDear", "bytes"),
        (b"\r\nDear", b"\r\n\xffDear", "bytes"),
        (b"Dear", b"D" * 1000, "long line"),
    ],
)
def test_verify_sees_every_manipulation(old, new, what):
    raw = build(ORIGINAL)
    verify(raw, ORIGINAL)
    with pytest.raises(UnsafeMessage) as caught:
        verify(raw.replace(old, new, 1), ORIGINAL)
    assert caught.value.what == what


def test_a_cut_off_message_is_seen():
    with pytest.raises(UnsafeMessage):
        verify(build(ORIGINAL)[:-10], ORIGINAL)
