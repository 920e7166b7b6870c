"""Many invoices at once: Mailroom's batch beside Odoo's own, on the same invoices.

``MAILROOM_BENCH_INVOICES``, ``MAILROOM_BENCH_PRINT`` and ``MAILROOM_BENCH_MANY`` set
how many are sent with their PDFs there, with their PDFs to be made, and for the memory.
"""

import os
from dataclasses import dataclass

from benchmarks.side_by_side import both
from dev.benchmark import Table

INVOICES = int(os.environ.get("MAILROOM_BENCH_INVOICES", "500"))
TO_PRINT = int(os.environ.get("MAILROOM_BENCH_PRINT", "200"))
MANY = int(os.environ.get("MAILROOM_BENCH_MANY", "5000"))
# A slow machine takes its time; nothing hangs for that long.
SECONDS = 3600
# What growing from INVOICES to MANY documents may cost, in megabytes.
ROOM = 100


@dataclass
class Figures:
    """What one side needed: ``[seconds, queries, megabytes]`` to open and to send, and
    how many SMTP sessions were used."""

    opened: list
    sent: list
    sessions: int


def main(env):
    """Return the figures of both sides, their ratios, and what was aimed at.

    :param env: :class:`dev.environment.Environment` with a running server
    :rtype: Table
    """
    table = Table(
        "Many invoices at once",
        ("", "Mailroom", "Odoo", "Mailroom / Odoo", "aim"),
    )
    with both(env) as (mailroom, odoo):
        for side in (mailroom, odoo):
            _warm_up(side)
        ours, theirs = (
            _send(side, INVOICES, printed=True) for side in (mailroom, odoo)
        )
        _add(table, f"open {INVOICES}, s", ours.opened[0], theirs.opened[0], "<= 0.25")
        what = f"send {INVOICES} with PDFs, s"
        _add(table, what, ours.sent[0], theirs.sent[0], "<= 0.33")
        queries = [(f.opened[1] + f.sent[1]) / INVOICES for f in (ours, theirs)]
        _add(table, "queries per invoice, open and send", *queries, "")
        queries = [f.sent[1] / INVOICES for f in (ours, theirs)]
        _add(table, "queries per invoice, send", *queries, "<= 12 queries")
        _add(table, "SMTP sessions", ours.sessions, theirs.sessions, "1 to 3")
        printed = [_send(side, TO_PRINT, printed=False) for side in (mailroom, odoo)]
        what = f"send {TO_PRINT}, PDFs to be made, s"
        _add(table, what, *(figures.sent[0] for figures in printed), "<= 0.8")
        grown = _memory(mailroom)
    what = f"memory of {MANY} messages over {INVOICES}, MB"
    table.rows.append((what, grown, "-", "-", f"< {ROOM} MB"))
    return table


def _add(table, what, ours, theirs, aim):
    table.rows.append((what, ours, theirs, ours / theirs, aim))


def _warm_up(side):
    """Let all that follows find filled caches, as in a server that runs for a while."""
    call, batch = side.nursery.warm_up, _batch_jobs(side)
    ids = call("jobs_measure_invoices:make_invoices", count=3, printed=False)
    _figures, opened = call(f"{batch}:open_batch", model="account.move", ids=ids)
    call(f"{batch}:send_batch", batch_id=opened)


def _send(side, count, printed):
    """Open a batch of so many invoices and send it."""
    job = "jobs_measure_invoices:make_invoices"
    ids = _run(side, job, count=count, printed=printed)
    opened, batch = _call(side, "open_batch", model="account.move", ids=ids)
    sessions, taken = side.server.connections, len(side.server.accepted)
    sent = _call(side, "send_batch", batch_id=batch)
    assert len(side.server.accepted) - taken == count, "not all were accepted"
    return Figures(opened, sent, side.server.connections - sessions)


def _memory(side):
    """Return by how many megabytes more a process grows with many messages."""
    few, many = (
        _call(side, "send_words", order_ids=_orders(side, count))[2]
        for count in (INVOICES, MANY)
    )
    return many - few


def _orders(side, count):
    return _run(side, "jobs_measure:make_orders", count=count)


def _call(side, job, **arguments):
    return _run(side, f"{_batch_jobs(side)}:{job}", **arguments)


def _batch_jobs(side):
    return f"jobs_measure_{side.name}" + "_batch" * (side.name == "mailroom")


def _run(side, job, **arguments):
    return side.nursery.start(job, **arguments).result(SECONDS)
