"""Documents that are printed, inside Odoo."""

from odoo.addons.mailroom.models import mailroom_document_print
from odoo.addons.mailroom.outbox import preparer

from harness.jobs import ADMIN, run, wishes_for
from harness.jobs_batch import start_batch


def run_with_limit(env, seconds_each, group_seconds, seconds=300):
    """Run the queue; printing may take so long only."""
    for module in (mailroom_document_print, preparer):
        module.PDF_SECONDS = group_seconds
        module.PDF_SECONDS_EACH = seconds_each
    return run(env, seconds=seconds)


def seed_printed(env, notes):
    """Ask for a quotation with its PDF to be sent to each address.

    :param dict notes: address → what stands on the page
    :return: ``{address: number of the quotation}``
    """
    env = env(user=ADMIN)
    numbers = {}
    partner = env["res.partner"].create({"name": "Kund", "email": "k@kund.example"})
    orders = env["sale.order"].create(
        [{"partner_id": partner.id, "note": note} for note in notes.values()]
    )
    plans = []
    for order, address in zip(orders, notes, strict=True):
        wishes = wishes_for(env, [address])
        wishes.files = None
        plans += env["mailroom.planner"]._plan(order, wishes)
        numbers[address] = order.name
    env["mailroom.dispatch"]._send(plans)
    return numbers


def delete_order(env, number):
    """Delete a quotation whose message has not left yet."""
    env["sale.order"].search([("name", "=", number)]).unlink()


def post_to(env, text):
    """Let Odoo itself send a message about an order to a contact whose email field
    holds a text."""
    order = env(user=ADMIN)["sale.order"].search([], limit=1, order="id")
    partner = env["res.partner"].create({"name": "Ohne Adresse", "email": text})
    order.message_post(
        body="Hello",
        partner_ids=partner.ids,
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )


def seed_invoices(env, pages, batch=False):
    """Post and send an invoice for each number of pages, each to a customer of its own.

    :param list pages: how long each is to be, about
    :param bool batch: send them as a batch
    :return: ``{address: [number, name of the customer]}``
    """
    if not env.company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", env.company)
        env.registry.signal_changes()
    env = env(user=ADMIN)
    moves = env["account.move"].create(
        [_prepare_invoice(env, number, length) for number, length in enumerate(pages)]
    )
    moves.action_post()
    owners = {m.partner_id.email: [m.name, m.partner_id.name] for m in moves}
    if batch:
        start_batch(env, moves.ids, "account.move")
        return owners
    plans = []
    for move in moves:
        wishes = wishes_for(env, [move.partner_id.email])
        wishes.files = None
        plans += env["mailroom.planner"]._plan(move, wishes)
    env["mailroom.dispatch"]._send(plans)
    return owners


def _prepare_invoice(env, number, pages):
    partner = env["res.partner"].create(
        {"name": f"Customer Q{number:03}X", "email": f"q{number:03}@kund.example"}
    )
    lines = 3 + 32 * (pages - 1)
    return {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_line_ids": [
            (0, 0, {"name": f"Work {line}", "price_unit": 10.0, "quantity": 1})
            for line in range(lines)
        ],
    }
