"""Odoo's own sending, measured in a database without Mailroom."""

from harness.jobs_measure import ADMIN, measured, view_fields

WIZARD = "account.move.send.batch.wizard"


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


# === MANY INVOICES === #


def open_batch(env, model, ids):
    """Open Odoo's batch wizard on these invoices, as the web client does.

    :return: what :class:`Measure` knows, and the id of the wizard
    """
    env = env(user=ADMIN)
    env.invalidate_all()
    wizards = env[WIZARD].with_context(active_model=model, active_ids=ids)
    fields = view_fields(env, WIZARD)
    with measured() as measure:
        wizard = wizards.create({})
        wizard.web_read(fields)
    return measure.as_list(), wizard.id


def send_batch(env, batch_id):
    """Press Send in the wizard, then run the job behind it and the mail queue until
    all has left."""
    wizard = env(user=ADMIN)[WIZARD].browse(batch_id)
    jobs = env.ref("account.ir_cron_account_move_send").ir_actions_server_id
    with measured() as measure:
        wizard.action_send_and_print()
        env.cr.commit()
        while env["account.move"].search_count([("sending_data", "!=", False)]):
            jobs.run()
            env.cr.commit()
        env["mail.mail"].process_email_queue()
    return measure.as_list()
