"""Mailroom's sending, measured."""

import time

from odoo.addons.mailroom.outbox.worker import MailroomWorker

from harness.jobs import wishes_for
from harness.jobs_measure import ADMIN, measured, view_fields

OLD_ROWS = """
    INSERT INTO mailroom_delivery
           (dispatch_id, company_id, channel, role, address, state, account_id, ready,
            attempts, next_try, waiting_since, create_date, write_date, kind)
    SELECT dispatch_id, company_id, channel, role, 'old' || number || '@kund.example',
           'sent', account_id, TRUE, 1, next_try, waiting_since, create_date,
           write_date, kind
      FROM mailroom_delivery, generate_series(1, %(count)s) number
     WHERE id = (SELECT min(id) FROM mailroom_delivery)
"""


def open_dialog(env, order_ids):
    """Open the dialog for each quotation, as the web client does.

    :return: what :class:`Measure` knows
    """
    orders = env(user=ADMIN)["sale.order"].browse(order_ids)
    fields = view_fields(orders.env, "mailroom.send")
    with measured() as measure:
        for order in orders:
            order.env.invalidate_all()
            wizard = order.action_mailroom_send()["res_id"]
            order.env["mailroom.send"].browse(wizard).web_read(fields)
    return measure.as_list()


def click(env, order_ids):
    """Press Send in the dialog for each quotation: what a person waits for."""
    orders = env(user=ADMIN)["sale.order"].browse(order_ids)
    with measured() as measure:
        for order in orders:
            order.env.invalidate_all()
            wizard = order.action_mailroom_send()["res_id"]
            order.env["mailroom.send"].browse(wizard).action_send()
            env.cr.commit()
    return measure.as_list()


def send(env, order_ids):
    """Press Send for each quotation and run the queue each time."""
    orders = env(user=ADMIN)["sale.order"].browse(order_ids)
    with measured() as measure:
        for order in orders:
            order.env.invalidate_all()
            wizard = order.action_mailroom_send()["res_id"]
            order.env["mailroom.send"].browse(wizard).action_send()
            env.cr.commit()
            env["mailroom.queue"]._run()
            env.cr.rollback()
    return measure.as_list()


def queue(env, order_ids):
    """Put a finished message without files about each quotation into the outbox.

    :return: ``[address, subject, HTML]`` of each
    """
    env = env(user=ADMIN)
    planner, plans = env["mailroom.planner"], []
    for order in env["sale.order"].browse(order_ids):
        plans += planner._plan(order, wishes_for(env, [order.partner_id.email]))
    dispatches = env["mailroom.dispatch"]._send(plans)
    env.cr.commit()
    for start in range(0, len(dispatches), 100):
        dispatches[start : start + 100]._make_ready()
        env.cr.commit()
    return [
        [row.address, row.subject, row._html_and_text(row._document())[0]]
        for row in dispatches.delivery_ids
    ]


def drain(env):
    """Send all that is ready, with one worker."""
    with measured() as measure:
        MailroomWorker(env.registry, deadline=time.monotonic() + 600).run()
    return measure.as_list()


def add_old_rows(env, count):
    """Fill the outbox with messages of years gone by."""
    env.cr.execute(OLD_ROWS, {"count": count})
    env.cr.commit()
    env.cr.execute("ANALYZE mailroom_delivery")


def explain_claim(env):
    """Run the claim, and have the database explain it.

    :return: milliseconds, and the plan
    """
    account = env["ir.mail_server"].search([("name", "=", "Main")])
    statement = env["mailroom.delivery"]._claim_statement(account, 1)
    env.cr.execute("EXPLAIN (ANALYZE) " + statement.code, statement.params)
    lines = [line for (line,) in env.cr.fetchall()]
    env.cr.rollback()
    times = [float(x.split(":")[1].split()[0]) for x in lines if "Time:" in x]
    return sum(times), "\n".join(lines)
