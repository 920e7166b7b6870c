# ruff: noqa: F821
"""Runs inside Odoo's shell: the same text rendered by Mailroom's engine, by QWeb and by
``{{ }}``, on the same invoices. Prints one line of JSON and rolls back."""

import json
import statistics
import time

from odoo import Command

INVOICES = 1000
FEW = 100
ROUNDS = 5
LANG = "en_US"

WORDS = (
    "<p>Hello %s,</p><p>invoice %s of %s over %s is due on %s.</p><p>Regards, %s</p>"
)
TAGS = WORDS % (
    "{Customer.Name}",
    "{Number}",
    "{Date}",
    "{Total}",
    "{DueDate}",
    "{Supplier.Name}",
)
EXPRESSIONS = (
    "object.partner_id.commercial_partner_id.name",
    "object.name",
    "format_date(object.invoice_date)",
    "format_amount(object.amount_total, object.currency_id)",
    "format_date(object.invoice_date_due)",
    "object.company_id.name",
)
QWEB = WORDS % tuple(f'<t t-out="{expression}"/>' for expression in EXPRESSIONS)
INLINE = WORDS % tuple(f"{{{{ {expression} }}}}" for expression in EXPRESSIONS)


def create_invoices():
    """Return posted-looking invoices of as many customers."""
    partners = env["res.partner"].create(
        [{"name": f"Customer {number}"} for number in range(INVOICES)]
    )
    return env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [
                    Command.create({"name": "Work", "quantity": 1, "price_unit": 1000})
                ],
            }
            for partner in partners
        ]
    )


def measure(render, invoices):
    """Return seconds and queries of rendering with cold records, the median round."""
    seconds, queries = [], 0
    for _round in range(ROUNDS):
        env.flush_all()
        env.invalidate_all()
        before, start = env.cr.sql_log_count, time.perf_counter()
        render(invoices)
        seconds.append(time.perf_counter() - start)
        queries = env.cr.sql_log_count - before
    return {"seconds": statistics.median(seconds), "queries": queries}


def main():
    """Measure and print."""
    templates = env["mail.template"]
    ours = templates.create(
        {"name": "x", "mailroom_kind": "invoice", "mailroom_body": TAGS}
    )
    ways = {
        "Mailroom": lambda invoices: ours._mailroom_render(invoices, LANG),
        "QWeb": lambda invoices: templates._render_template(
            QWEB, "account.move", invoices.ids, engine="qweb"
        ),
        "{{ }}": lambda invoices: templates._render_template(
            INLINE, "account.move", invoices.ids, engine="inline_template"
        ),
    }
    invoices = create_invoices()
    result = {}
    for name, render in ways.items():
        render(invoices[:2])
        result[name] = {
            "few": measure(render, invoices[:FEW]),
            "many": measure(render, invoices),
        }
    env.cr.rollback()
    print(json.dumps({"few": FEW, "many": INVOICES, "ways": result}))


main()
