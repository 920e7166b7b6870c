"""Odoo's own sending, measured in a database without Mailroom."""

from harness.jobs_measure import ADMIN, measured, view_fields


def open_dialog(env, order_ids):
    """Open the composer for each quotation, as the web client does.

    :return: what :class:`Measure` knows
    """
    orders = env(user=ADMIN)["sale.order"].browse(order_ids)
    fields = view_fields(orders.env, "mail.compose.message")
    with measured() as measure:
        for order in orders:
            order.env.invalidate_all()
            action = order.action_quotation_send()
            composer = order.env["mail.compose.message"]
            composer.with_context(**action["context"]).onchange({}, [], fields)
    return measure.as_list()


def send(env, order_ids):
    """Press Send in the composer for each quotation; Odoo prints in the click and
    sends after its commit."""
    orders = env(user=ADMIN)["sale.order"].browse(order_ids)
    with measured() as measure:
        for order in orders:
            order.env.invalidate_all()
            context = order.action_quotation_send()["context"]
            composer = order.env["mail.compose.message"].with_context(**context)
            composer.create({}).action_send_mail()
            env.cr.commit()
    return measure.as_list()


def queue(env, texts):
    """Put finished messages into Odoo's mail queue.

    :param list texts: ``[address, subject, HTML]``
    """
    server = env["ir.mail_server"].search([("name", "=", "Main")])
    env["mail.mail"].create(
        [
            {
                "subject": subject,
                "body_html": body,
                "email_from": "Nordvik <post@nordvik.example>",
                "email_to": address,
                "mail_server_id": server.id,
            }
            for address, subject, body in texts
        ]
    )


def drain(env):
    """Send all that is in the mail queue, as its cron does."""
    mails = env["mail.mail"].search([("state", "=", "outgoing")])
    with measured() as measure:
        mails.send(auto_commit=True)
    return measure.as_list()
