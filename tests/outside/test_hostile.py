"""S8 over the wire: whatever stands in names and subjects, what the server gets is the
message that was asked for and nothing else."""

import email
import email.policy
import random

from harness.tally import SEED, TALLY

CASES = 120
EXPECTED = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
}
PIECES = (
    "\r\nBcc: evil@evil.example",
    "\n\n<script>alert(1)</script>",
    "=?utf-8?q?x=0D=0ABcc:evil=40evil.example?=",
    "\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n",
    "\x00\x1b[31m",
    "\u2028\u202e",
    "Åsa Öberg, Žofie",
    '"quoted" <evil@evil.example>',
    "x" * 120,
    "{{ object.env }}",
    "ordinary words",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)


def test_nothing_hostile_gets_out_of_its_header(lab):
    chance = random.Random(SEED)
    values = [
        [f"f{number:03}@kund.example", nasty(chance), nasty(chance)]
        for number in range(CASES)
    ]
    server = lab.serve()
    lab.nursery.call("jobs_click:send_hostile", values=values)
    lab.asked += [address for address, _name, _subject in values]
    lab.settle(workers=2)
    TALLY.fuzz += CASES

    assert lab.reconcile().accepted == CASES
    for accepted in server.accepted:
        message = email.message_from_bytes(accepted.data, policy=email.policy.default)
        # Nothing may be left of a subject.
        assert set(message.keys()) | {"Subject"} == EXPECTED
        assert len(message.keys()) == len(set(message.keys())), "no header twice"
        [address] = accepted.rcpt
        assert [a.addr_spec for a in message["To"].addresses] == [address]
        assert "our offer" in message.get_body(("plain",)).get_content()


def nasty(chance):
    """Put a few pieces together; a database takes no NUL."""
    text = "".join(chance.choices(PIECES, k=chance.randint(1, 4)))
    return text.replace("\x00", "")
