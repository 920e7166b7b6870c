"""What a person's click does, inside Odoo, and what can go wrong around it."""

import time

from odoo.exceptions import UserError
from odoo.service.model import retrying

from harness.jobs import ADMIN, account, own_orders, wishes_for


def click(env, address, pause=0):
    """Press Send on the first order.

    :param float pause: seconds before the transaction is committed
    :return: ids of the rows, or what the person reads instead
    """
    try:
        rows = _send(env, address)
    except UserError as error:
        return str(error)
    time.sleep(pause)
    return rows


def click_with_conflict(env, address):
    """Press Send; the first time another transaction gets in the way afterwards, so
    that Odoo runs the request again.

    :return: how often it ran
    """
    runs = []

    def request():
        rows = _send(env, address)
        runs.append(rows)
        if len(runs) == 1:
            _change_order_elsewhere(env)
            _order(env).client_order_ref = "ours"
            env.flush_all()
        return rows

    retrying(request, env)
    return len(runs)


def click_and_fail(env, address, where):
    """Press Send, then let something else fail.

    :param str where: "request", "savepoint" or "postcommit"
    """
    if where == "savepoint":
        try:
            with env.cr.savepoint():
                _send(env, address)
                raise ZeroDivisionError
        except ZeroDivisionError:
            return
    _send(env, address)
    if where == "request":
        raise ZeroDivisionError
    env.cr.postcommit.add(_fail)


def _fail():
    raise ZeroDivisionError


def _order(env):
    return own_orders(env(user=ADMIN))[:1]


def _send(env, address):
    env = env(user=ADMIN)
    plans = env["mailroom.planner"]._plan(_order(env), wishes_for(env, [address]))
    return env["mailroom.dispatch"]._send(plans).delivery_ids.ids


def _change_order_elsewhere(env):
    with env.registry.cursor() as cr:
        cr.execute(
            "UPDATE sale_order SET client_order_ref = 'theirs' WHERE id = %s",
            [_order(env).id],
        )


def send_hostile(env, values):
    """Send one message with each of these subjects and recipient names.

    :param list values: ``[address, name, subject]``
    """
    env = env(user=ADMIN)
    orders = own_orders(env)
    plans = []
    for number, (address, name, subject) in enumerate(values):
        wishes = wishes_for(env, [address])
        wishes.subject = subject
        wishes.recipients[0].name = name
        order = orders[number % len(orders)]
        plans += env["mailroom.planner"]._plan(order, wishes)
    env["mailroom.dispatch"]._send(plans)


def delete_first_order(env):
    """Delete the first order; put another in its place for later tests."""
    order = _order(env).sudo()
    order.copy()
    order.unlink()


def seed_companies(env, accounts):
    """Make a company for each account, one without, and ask each for messages.

    :param dict accounts: company name → port of its server, None for no account
    :return: ``{address: company}``
    """
    asked = {}
    for name, port in accounts.items():
        company = _company(env, name, port)
        own = env(user=ADMIN, context={"allowed_company_ids": company.ids})
        customer = own["res.partner"].create(
            {"name": "Kund", "email": "k@kund.example"}
        )
        for number in range(10):
            order = own["sale.order"].create(
                {"partner_id": customer.id, "company_id": company.id}
            )
            address = f"{name}{number}@kund.example"
            wishes = wishes_for(own, [address])
            plans = own["mailroom.planner"]._plan(order, wishes)
            own["mailroom.dispatch"]._send(plans)
            asked[address] = name
    return asked


def _company(env, name, port):
    domain = f"{name}.example"
    company = env["res.company"].create({"name": name, "email": f"post@{domain}"})
    env["res.users"].browse(ADMIN).company_ids += company
    company.mailroom_use_own_account = True
    if port:
        server = env["ir.mail_server"].browse(
            account(env, name, f"post@{domain}", port)
        )
        server.mailroom_company_id = company
    return company
