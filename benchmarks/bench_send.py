"""Sending one quotation with its PDF: Mailroom beside Odoo's own composer."""

from benchmarks.side_by_side import both
from dev.benchmark import Table

DOCUMENTS = 20


def main(env):
    """Return milliseconds and queries per document, side by side.

    :param env: :class:`dev.environment.Environment` with a running server
    :rtype: Table
    """
    table = Table(
        f"Per quotation ({DOCUMENTS} of them, one PDF each)",
        ("", "Mailroom", "Odoo", "Mailroom / Odoo"),
    )
    with both(env) as (mailroom, odoo):
        ours, theirs = mailroom.make_orders(DOCUMENTS), odoo.make_orders(DOCUMENTS)
        _add(
            table,
            "click to dialog",
            mailroom.call("open_dialog", order_ids=ours),
            odoo.call("open_dialog", order_ids=theirs),
        )
        sessions = mailroom.server.connections, odoo.server.connections
        sent = mailroom.call("send", order_ids=ours)
        sent_by_odoo = odoo.call("send", order_ids=theirs)
        _add(table, "Send to accepted", sent, sent_by_odoo)
        used = [
            now.server.connections - before
            for now, before in zip((mailroom, odoo), sessions, strict=True)
        ]
        table.rows.append(("SMTP sessions", *used, used[0] / used[1]))
        clicked = mailroom.call("click", order_ids=mailroom.make_orders(DOCUMENTS))
        _add(table, "what the person waits for", clicked, sent_by_odoo)
    return table


def _add(table, what, ours, theirs):
    """Add a row for the time and one for the queries."""
    for unit, index, factor in (("ms", 0, 1000), ("queries", 1, 1)):
        values = [side[index] * factor / DOCUMENTS for side in (ours, theirs)]
        ratio = values[0] / values[1]
        table.rows.append((f"{what}, {unit}", *values, ratio))
