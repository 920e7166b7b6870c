"""Ten thousand nasty texts: nothing can be injected into a message (T18)."""

import dataclasses
import email

from hypothesis import given, settings
from hypothesis import strategies as st
from message_helpers import JANE, SHOP, outgoing

from tools.address import AddressError, parse_address
from tools.header import clean_name, clean_subject
from tools.message import Part, build

INJECTIONS = [
    "=?utf-8?q?x=0D=0ABcc:v=40x.test?=",
    "=?utf-8?q?x=0D=0A=0D=0A<h1>paid</h1>?=",
    "=?utf-8?b?eA0KQmNjOiB2QHgudGVzdA==?=",
    "x\r\nBcc: v@x.test",
    "x\r\n\r\nbody",
    "x\nBcc: v@x.test",
    "x\u2028Bcc: v@x.test",
    "x\x85Bcc: v@x.test",
    '"><v@x.test>, "',
    "a" * 300,
    " " * 300,
    "ä" * 300,
    "a, " * 100,
    "\ud800",
]
PIECES = [
    *'\r\n\t\x00=?@"<>,;:\\ \u2028.',
    "",
    "\r\n",
    "=?",
    "?=",
    "=0D=0A",
    "Bcc: v@x.test",
]
NASTY = st.one_of(
    st.sampled_from(INJECTIONS),
    st.tuples(
        st.sampled_from(PIECES),
        st.text(max_size=80),
        st.sampled_from(PIECES),
        st.sampled_from(PIECES),
    ).map("".join),
)


@settings(max_examples=10_000)
@given(NASTY, NASTY, NASTY)
def test_nothing_can_be_injected(subject, name, file_name):
    other = subject + name
    try:
        answers = (parse_address(f"{file_name} <k@acme.test>"),)
    except AddressError:
        answers = ()
    asked = outgoing(
        author=SHOP.named(name),
        to=(dataclasses.replace(JANE, name=other),),
        reply_to=answers,
        subject=subject,
        attachments=(Part(file_name, "application/pdf", b"%PDF-1.4\r\n"),),
    )
    message = email.message_from_bytes(build(asked))
    names = ["From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    names += ["Reply-To"] if answers else []
    names += ["Subject"] if clean_subject(subject) else []
    assert sorted(message.keys()) == sorted(names)
    assert message.get_payload()[0].get_payload(decode=True) == b"Dear Jane\r\n"
    assert message.get_payload()[1].get_payload(decode=True) == b"%PDF-1.4\r\n"
    assert len(message.get_payload()) == 2
    assert asked.author.name == clean_name(name)


@settings(max_examples=1000)
@given(
    st.text(max_size=400),
    st.text(st.sampled_from("<p>=_-.\r\n Fromü\x00"), max_size=400),
    st.binary(max_size=400),
)
def test_bodies_and_files_arrive_byte_by_byte(text, html, data):
    # ``build`` compares them itself; that it does not refuse is the assertion.
    build(outgoing(text=text, html=html, attachments=(Part("x", "", data),)))
