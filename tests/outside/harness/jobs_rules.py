"""What people do that sets rules off, inside Odoo."""

import time

from odoo.service.model import retrying

from harness.jobs import ADMIN, own_orders


def set_up(env):
    """Confirm the first order and let a stage tell its customer by itself."""
    stage = env.ref("mailroom.stage_delivered")
    stage.mode = "send"
    orders = own_orders(env(user=ADMIN))[:2]
    orders.action_confirm()
    return orders.ids


def move(env, order_id, pause=0):
    """Move an order as a user's request does, run again by Odoo when it must be.

    :param float pause: seconds before the transaction is committed
    :return: how often the request ran
    """
    stage = env.ref("mailroom.stage_delivered")
    order = env(user=ADMIN)["sale.order"].browse(order_id)
    return _request(env, lambda: order.write({"mailroom_stage_id": stage.id}), pause)


def fire(env, order_id, pause=0):
    """Let the rule of the stage fire without anything written to the order."""
    stage = env.ref("mailroom.stage_delivered").with_user(ADMIN)
    order = env(user=ADMIN)["sale.order"].browse(order_id)
    return _request(env, lambda: stage._fire(order), pause)


def _request(env, work, pause):
    runs = []

    def request():
        runs.append(1)
        # The request's view of the database begins here, before the other one ends.
        env.cr.execute("SELECT 1 FROM sale_order LIMIT 1")
        time.sleep(pause / 2 if len(runs) == 1 else 0)
        work()
        env.flush_all()
        time.sleep(pause / 2)
        return True

    retrying(request, env)
    return len(runs)
