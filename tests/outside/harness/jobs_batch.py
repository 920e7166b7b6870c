"""Batches inside Odoo, as a person makes and sends them."""

from odoo.addons.mailroom.tools.plan import Wishes

from harness.jobs import ADMIN, own_orders


def start_batch(env, ids=None, model="sale.order", words=False, count=None):
    """Make a batch, look at its lines, and send it.

    :param list ids: of the documents; the first quotations when empty
    :param bool words: send words about the documents, without their PDFs
    :return: id of the batch, and the light of each document
    """
    env = env(user=ADMIN)
    documents = env[model].browse(ids) if ids else own_orders(env)[:count]
    wishes = Wishes(template=_template(env)) if words else None
    batch = env["mailroom.batch"]._make(documents, wishes)
    batch._check()
    while batch.state == "checking":
        batch.sudo()._check_some()
    lights = {line.document_name: line.light for line in batch.line_ids}
    batch._start()
    return batch.id, lights


def _template(env):
    values = {
        "name": "Words",
        "mailroom_kind": "message",
        "mailroom_subject": "A word about {Number}",
        "mailroom_body": "<p>Dear {Customer.Name}</p>",
    }
    return env["mail.template"].create(values)


def make_orders(env, emails, notes=None):
    """Create a quotation for each address.

    :param dict notes: address → what stands on the page
    :return: ``{address: [id, number]}``
    """
    env = env(user=ADMIN)
    notes = notes or {}
    partners = env["res.partner"].create(
        [{"name": f"Kund {email}", "email": email} for email in emails]
    )
    orders = env["sale.order"].create(
        [
            {"partner_id": partner.id, "note": notes.get(email, "Thank you")}
            for partner, email in zip(partners, emails, strict=True)
        ]
    )
    return {
        email: [order.id, order.name]
        for email, order in zip(emails, orders, strict=True)
    }


def press(env, batch_id, button):
    """Press a button of a batch.

    :param str button: pause, resume, cancel or retry_failed
    """
    batch = env(user=ADMIN)["mailroom.batch"].browse(batch_id)
    getattr(batch, f"action_{button}")()


def read_batch(env, batch_id):
    """Return ``[state, {document: [result, reason in words]}]`` of a batch."""
    batch = env(user=ADMIN)["mailroom.batch"].browse(batch_id)
    lines = {x.document_name: [x.result, x.words or ""] for x in batch.line_ids}
    return batch.state, lines
