"""What runs inside Odoo for the tests of SMS gateways."""

import logging

from odoo.addons.mailroom.models.sms import mailroom_gateway_send
from odoo.addons.mailroom.tools import gateway_http
from odoo.addons.mailroom.tools.plan import Recipient, Wishes

from harness.jobs import ADMIN, run
from harness.sms_form import PARAMETERS


def gateway(env, url, company=1, **values):
    """Let a company's text messages leave through a gateway.

    :return: id and secret path of the gateway
    """
    company = env["res.company"].browse(company)
    gateways = env["mailroom.gateway"].with_context(active_test=False)
    known = gateways.search([("company_id", "=", company.id)])
    defaults = {"active": True, "url": url, "auth": "none", "parameters": PARAMETERS}
    values = {**defaults, **values}
    if known:
        known.write(values)
        known.action_mailroom_resume()
    else:
        values |= {"name": company.name, "company_id": company.id}
        known = gateways.create(values)
    known.flush_recordset()
    return [known.id, known.receipt_token]


def gateways(env, logins):
    """Give companies a gateway each.

    :param dict logins: ``{company name: [url, user, password]}``; None: it has none
    """
    for name, login in logins.items():
        company = env["res.company"].search([("name", "=", name)])
        if login:
            url, user, password = login
            gateway(
                env,
                url,
                company.id,
                auth="basic",
                auth_user=user,
                gateway_secret=password,
            )


def ask(env, pairs, text="Hej, vi kommer i morgon."):
    """Ask for a text message to each number.

    :param list pairs: company name and number
    """
    env = env(user=ADMIN)
    for number, (name, address) in enumerate(pairs):
        company = env["res.company"].search([("name", "=", name)])
        orders = env["sale.order"].search([("company_id", "=", company.id)], order="id")
        order = orders[number % len(orders)].with_context(
            allowed_company_ids=company.ids
        )
        planner = order.env["mailroom.planner"]
        wishes = Wishes(
            template=env["mail.template"],
            subject="SMS",
            body="",
            recipients=[Recipient(address, channel="sms")],
            channels=("sms",),
            sms_text=text,
            files=[],
        )
        order.env["mailroom.dispatch"]._send(planner._plan(order, wishes))


def run_impatiently(env, seconds=20, answer=1.0, **options):
    """Run the queue; a gateway has so many seconds to answer."""
    mailroom_gateway_send.Limits = lambda *_limits: gateway_http.Limits(2, answer)
    return run(env, seconds, **options)


def die_before_recording(env, number, seconds=20):
    """Run the queue, and die when so many messages were answered."""
    return run(env, seconds, die=["answered", number])


def allow(env, networks):
    """Say, as an administrator does, which private networks may be used."""
    env["ir.config_parameter"].set_param("mailroom.allowed_networks", networks)


def resume(env):
    """Press Resume on every gateway."""
    env["mailroom.gateway"].search([]).action_mailroom_resume()


def set_preset(env, gateway, preset):
    """Let a gateway be of a certain provider, without filling in its form."""
    env["mailroom.gateway"].browse(gateway).preset = preset


def stranger(env, url, secret):
    """Create a company with a gateway that knows the same key for its reports.

    :return: the secret path of the gateway
    """
    company = env["res.company"].search([("name", "=", "Stranger")])
    company = company or env["res.company"].create({"name": "Stranger"})
    return gateway(env, url, company.id, receipt_secret=secret)[1]


def incoming(env, gateway):
    """Return the path that messages from outside come to."""
    address = env["mailroom.gateway"].browse(gateway).incoming_address
    return address[address.index("/mailroom/") :]


def run_loudly(env):
    """Run the queue with a log that holds everything."""
    logging.getLogger().setLevel(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.DEBUG)
    return run(env)
