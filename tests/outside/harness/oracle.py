"""The oracle: what the outbox says, compared with what the server durably accepted."""

import email
import re
from collections import Counter
from dataclasses import dataclass, field

from harness.tally import TALLY

ARRIVED = ("sent", "delivered", "bounced")
# What a person sees as "not sent, or nobody knows": the truth is not "sent".
VISIBLE = ("held", "queued", "deferred", "failed", "uncertain", "cancelled")


@dataclass
class Verdict:
    """One reconciliation: counts, and a sentence for each thing that is wrong."""

    asked: int = 0
    accepted: int = 0
    failed: int = 0
    uncertain: int = 0
    wrong: dict = field(default_factory=lambda: {name: [] for name in WRONG})

    lost = property(lambda self: len(self.wrong["lost"]))
    doubled = property(lambda self: len(self.wrong["doubled"]))
    lied = property(lambda self: len(self.wrong["lied"]))
    stuck = property(lambda self: len(self.wrong["stuck"]))

    def __str__(self):
        lines = [f"{name}: {text}" for name in WRONG for text in self.wrong[name][:10]]
        return "\n".join(lines)


WRONG = ("lost", "doubled", "lied", "stuck")


def reconcile(rows, accepted, asked, documents=()):
    """Compare every row with what the server took, and count it all.

    To be called when no worker runs any more.

    :param rows: :meth:`Rows.deliveries`
    :param accepted: messages of ``FakeSMTP.accepted`` and ``FakeGateway.accepted``, of
        all servers of the test
    :param asked: addresses a person asked to send to, once for each time
    :param documents: ``(stored state, true state, name)`` of the documents
    :rtype: Verdict
    """
    taken = Counter(pair for message in accepted for pair in _handed_over(message))
    verdict = Verdict(len(asked), sum(taken.values()))
    verdict.failed = sum(row.state == "failed" for row in rows)
    verdict.uncertain = sum(row.state == "uncertain" for row in rows)
    _find_lost(verdict, rows, asked)
    _find_doubled(verdict, rows, taken)
    for row in rows:
        _find_lies(verdict, row, taken)
        _find_stuck(verdict, row)
    verdict.wrong["lied"] += [
        f"{name} says {stored}, its messages say {true}"
        for stored, true, name in documents
        if stored != true
    ]
    TALLY.add(verdict)
    return verdict


def message_id(data):
    """Return the Message-ID of a message in bytes."""
    head = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    return email.message_from_bytes(head + b"\r\n\r\n")["Message-ID"]


def _handed_over(message):
    """Return what was taken, as pairs of an identifier and an address."""
    if hasattr(message, "key"):
        return [(message.key, message.to)]
    identifier = message_id(message.data)
    return [(identifier, rcpt.casefold()) for rcpt in message.rcpt]


def _identity(row):
    identifier = row.sms_key if row.channel == "sms" else row.rfc_message_id
    return identifier, row.address.casefold()


def _find_lost(verdict, rows, asked):
    visible = Counter(
        row.address for row in rows if row.state in (*ARRIVED, *VISIBLE, "sending")
    )
    missing = Counter(asked) - visible
    verdict.wrong["lost"] += [f"{address} has no row" for address in missing.elements()]


def _find_doubled(verdict, rows, taken):
    """More acceptances than rows of one Message-ID and address: nobody asked for it.
    A resend by a person is a row of its own."""
    known = Counter(map(_identity, rows))
    for (identifier, address), times in taken.items():
        if times > known[identifier, address]:
            text = f"{address} got {identifier} {times} times"
            verdict.wrong["doubled"].append(text)


def _find_lies(verdict, row, taken):
    accepted = taken[_identity(row)]
    told = row.reason == "said_arrived"
    if row.state in ARRIVED and not accepted and not told:
        text = f"{row.address} is {row.state}, the server has nothing"
        verdict.wrong["lied"].append(text)
    if row.state in VISIBLE and row.state != "uncertain" and accepted:
        if not row.superseded and not row.resend_of_id:
            text = f"{row.address} is {row.state}, the server has it"
            verdict.wrong["lied"].append(text)


def _find_stuck(verdict, row):
    """No worker runs: nothing may look as if one were at it, or wait for nobody."""
    where = f"{row.address} is {row.state}/{row.phase}, dispatch {row.stage}"
    waits = row.state in ("queued", "deferred")
    if row.state == "sending" or row.stage == "preparing":
        verdict.wrong["stuck"].append(where)
    elif waits and not row.ready and row.stage != "new":
        verdict.wrong["stuck"].append(f"{where}, not ready")
    elif waits and row.ready and not (row.account_id or row.gateway_id):
        verdict.wrong["stuck"].append(f"{where}, no account")
    elif row.stale:
        verdict.wrong["stuck"].append(f"{where}, its document was not told")
