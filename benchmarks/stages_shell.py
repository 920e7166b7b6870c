# ruff: noqa: F821
"""Runs inside Odoo's shell: orders are moved, and their customers told, by a stage
of Mailroom's and by an automation rule of Odoo's. Prints a line of JSON, rolls back."""

import json
import time

from odoo import Command

MANY = 500
FEW = 100


def create_orders(count, stage):
    """Return confirmed orders of as many customers, at a stage."""
    partners = env["res.partner"].create(
        [
            {"name": f"Customer {number}", "email": f"c{number}@kund.example"}
            for number in range(count)
        ]
    )
    orders = env["sale.order"].create([{"partner_id": p.id} for p in partners])
    orders.write({"state": "sale"})
    orders.with_context(mailroom_quiet=True).mailroom_stage_id = stage
    return orders


def automate():
    """Let an automation rule of Odoo's send a template of Odoo's."""
    model = env["ir.model"]._get_id("sale.order")
    mail = env["mail.template"].create(
        {
            "name": "Moved",
            "model_id": model,
            "subject": "Order {{ object.name }}",
            "body_html": "<p>Hello, your order <t t-out='object.name'/> moved on.</p>",
            "partner_to": "{{ object.partner_id.id }}",
        }
    )
    action = env["ir.actions.server"].create(
        {
            "name": "Send",
            "model_id": model,
            "state": "mail_post",
            "template_id": mail.id,
            "mail_post_method": "email",
            "usage": "base_automation",
        }
    )
    return env["base.automation"].create(
        {
            "name": "Moved",
            "model_id": model,
            "trigger": "on_write",
            "filter_domain": "[('mailroom_stage_id.name', '=', 'Moved')]",
            "action_server_ids": [Command.set(action.ids)],
        }
    )


def move(orders, stage):
    """Move the orders as somebody does who has seen the list and said yes."""
    orders.with_context(mailroom_answered=True).write({"mailroom_stage_id": stage.id})


def measure(count, start_stage, stage):
    """Return seconds and queries of moving so many fresh orders."""
    orders = create_orders(count, start_stage)
    env.flush_all()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    move(orders, stage)
    env.flush_all()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "queries": env.cr.sql_log_count - queries}


def main():
    """Measure and print."""
    first = env.ref("mailroom.stage_received")
    texts = env["mailroom.stage"]._default_template_ids().ids
    loud, silent = env["mailroom.stage"].create(
        [
            {"name": "Told", "mode": "send", "template_ids": [Command.set(texts)]},
            {"name": "Moved"},
        ]
    )
    ways = {}
    for name, stage in (("Mailroom", loud), ("base_automation", silent)):
        rule = automate() if stage == silent else None
        measure(2, first, stage)
        ways[name] = {
            "few": measure(FEW, first, stage),
            "many": measure(MANY, first, stage),
        }
        if rule:
            sent = env["mail.mail"].sudo().search_count([])
            assert sent >= MANY + FEW, "the automation rule did not send"
        else:
            rows = env["mailroom.delivery"].sudo().search_count([])
            assert rows >= MANY + FEW, "the stage did not send"
    env.cr.rollback()
    print(json.dumps({"few": FEW, "many": MANY, "ways": ways}))


main()
