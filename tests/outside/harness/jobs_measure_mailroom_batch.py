"""A batch of Mailroom, measured."""

from odoo.addons.mailroom.tools.plan import Wishes

from harness.jobs_measure import ADMIN, measured, view_fields

FORM = "mailroom.batch"


def open_batch(env, model, ids):
    """Open the page on these documents, every line looked at.

    :return: what :class:`Measure` knows, and the id of the batch
    """
    documents = env(user=ADMIN)[model].browse(ids)
    documents.env.invalidate_all()
    fields = view_fields(documents.env, FORM)
    with measured() as measure:
        batch = documents.env[FORM]._make(documents)
        batch._check()
        env.cr.commit()
        _run_until(env, batch, "ready")
        batch.web_read(fields)
    return measure.as_list(), batch.id


def send_batch(env, batch_id):
    """Press Send on a batch and run the queue until all of it has left.

    :return: what :class:`Measure` knows
    """
    batch = env(user=ADMIN)[FORM].browse(batch_id)
    with measured() as measure:
        batch._start()
        env.cr.commit()
        _run_until(env, batch, "done")
    return measure.as_list()


def send_words(env, order_ids):
    """Send words without a PDF about these quotations, from first to last.

    :return: what :class:`Measure` knows
    """
    env = env(user=ADMIN)
    template = env["mail.template"].create(
        {
            "name": "Words",
            "mailroom_kind": "message",
            "mailroom_subject": "A word",
            "mailroom_body": "<p>Dear {Customer.Name}</p>",
        }
    )
    orders = env["sale.order"].browse(order_ids)
    with measured() as measure:
        batch = env[FORM]._make(orders, Wishes(template=template))
        env.cr.commit()
        batch._check()
        env.cr.commit()
        _run_until(env, batch, "ready")
        batch._start()
        env.cr.commit()
        _run_until(env, batch, "done")
    return measure.as_list()


def _run_until(env, batch, state):
    """Run the queue, as its cron does, until the batch has got so far."""
    for _run in range(1000):
        env.cr.rollback()
        batch.invalidate_recordset()
        if batch.state == state:
            return
        env["mailroom.queue"]._run()
    raise TimeoutError(f"the batch is still {batch.state}")
