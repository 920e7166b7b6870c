"""What runs inside Odoo for the tests of sender accounts."""

from odoo.addons.mailroom.models import ir_mail_server_limits
from odoo.addons.mailroom.tools.plan import Recipient, Wishes

from harness.jobs import ADMIN, run


def companies(env, accounts):
    """Create companies, each with a customer, five orders and its own account.

    :param dict accounts: ``[port, user, password]`` of each company; None for a company
        without an account of its own
    """
    admin = env["res.users"].browse(ADMIN)
    for name, login in accounts.items():
        company = _company(env, name)
        admin.company_ids += company
        company.mailroom_use_own_account = bool(login)
        if login:
            _account(env, company, *login)


def _company(env, name):
    company = env["res.company"].search([("name", "=", name)])
    if company:
        return company
    company = env["res.company"].create(
        {"name": name, "email": f"info@{name.lower()}.example"}
    )
    customer = env["res.partner"].create({"name": f"Kund {name}"})
    orders = [{"partner_id": customer.id, "company_id": company.id}] * 5
    env["sale.order"].with_company(company).create(orders)
    return company


def _account(env, company, port, user, password):
    servers = env["ir.mail_server"].with_context(active_test=False)
    account = servers.search([("name", "=", company.name)])
    if not account:
        account = servers.create(
            {"name": company.name, "mailroom_company_id": company.id}
        )
    account.write(
        {
            "active": True,
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_authentication": "login",
            "smtp_encryption": "none",
            "smtp_user": user,
            "smtp_pass": password,
            "mailroom_address": user,
        }
    )


def ask(env, addresses):
    """Ask for a message to each address, in the order given, whatever its company.

    :param list addresses: pairs of company name and address
    """
    env = env(user=ADMIN)
    for number, (name, address) in enumerate(addresses):
        company = env["res.company"].search([("name", "=", name)])
        orders = env["sale.order"].search([("company_id", "=", company.id)], order="id")
        wishes = Wishes(
            template=env["mail.template"],
            subject="Our offer",
            body="<p>Hello</p>",
            recipients=[Recipient(address)],
            files=[],
        )
        order = orders[number % len(orders)].with_context(
            allowed_company_ids=company.ids
        )
        planner = order.env["mailroom.planner"]
        order.env["mailroom.dispatch"]._send(planner._plan(order, wishes))


def limit(env, account, minute):
    """Set how many messages an account may send in a minute."""
    env["ir.mail_server"].search([("name", "=", account)]).write(
        {"mailroom_limit_minute": minute, "mailroom_room_at": False}
    )


def run_with_short_minutes(env, minute, seconds=20):
    """Run the queue; a minute of the limit lasts so many seconds."""
    ir_mail_server_limits.WINDOWS["mailroom_limit_minute"] = minute
    return run(env, seconds)


def notices(env):
    """Return how often the mail managers were told that an account is paused."""
    return env["mail.message"].search_count([("subject", "like", "is paused")])


def senders(env):
    """Return ``{address: [company, account's company, From]}`` of the outbox."""
    rows = env["mailroom.delivery"].search([])
    return {
        row.address: [
            row.company_id.name,
            row.account_id.mailroom_company_id.name or "",
            row.account_id._mailroom_sender(row.company_id)[1],
        ]
        for row in rows
    }
