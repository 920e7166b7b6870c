"""Finished messages without files: Mailroom's outbox beside Odoo's mail queue, one
worker each; and the outbox once it has grown old."""

from benchmarks.side_by_side import both
from dev.benchmark import Table

MESSAGES = 1000
OLD_ROWS = 100_000


def main(env):
    """Return the speed of both queues, and what 100 000 old rows change.

    :param env: :class:`dev.environment.Environment` with a running server
    :rtype: Table
    """
    with both(env) as (mailroom, odoo):
        texts = mailroom.call("queue", order_ids=mailroom.make_orders(MESSAGES))
        odoo.call("queue", texts=texts)
        ours, our_sessions = _drain(mailroom)
        theirs, their_sessions = _drain(odoo)
        mailroom.call("add_old_rows", count=OLD_ROWS)
        mailroom.call("queue", order_ids=mailroom.make_orders(MESSAGES))
        milliseconds, plan = mailroom.call("explain_claim")
        grown, _sessions = _drain(mailroom)
    table = Table(
        f"{MESSAGES} finished messages, one worker",
        ("", "Mailroom", "Odoo", "Mailroom / Odoo"),
    )
    pairs = {
        "messages per second": (MESSAGES / ours[0], MESSAGES / theirs[0]),
        "queries per message": (ours[1] / MESSAGES, theirs[1] / MESSAGES),
        "SMTP sessions": (our_sessions, their_sessions),
        "memory grown, MB": (ours[2], theirs[2]),
    }
    for what, (ours, theirs) in pairs.items():
        table.rows.append((what, ours, theirs, ours / theirs if theirs else "-"))
    for what, value in {
        f"messages per second with {OLD_ROWS} old rows": MESSAGES / grown[0],
        "memory grown then, MB": grown[2],
        "claim then, ms": milliseconds,
        "claim uses the partial index": "mailroom_delivery_claim_idx" in plan,
    }.items():
        table.rows.append((what, value, "-", "-"))
    return table


def _drain(side):
    """Send everything.

    :return: the measure, and SMTP sessions used
    """
    before, taken = side.server.connections, len(side.server.accepted)
    measure = side.call("drain")
    assert len(side.server.accepted) - taken == MESSAGES, "not all were accepted"
    return measure, side.server.connections - before
