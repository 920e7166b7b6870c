"""Measuring inside Odoo; the same documents with and without Mailroom."""

import resource
import time
from contextlib import contextmanager

from odoo import sql_db

ADMIN = 2


def set_up(env, port):
    """Make the database one whose only mail server is on this machine."""
    parameters = env["ir.config_parameter"]
    parameters.set_param("report.url", "http://127.0.0.1:9")
    parameters.set_param("mailroom.allowed_networks", "127.0.0.0/8")
    env.company.write({"name": "Nordvik", "email": "post@nordvik.example"})
    env["res.users"].browse(ADMIN).email = "admin@nordvik.example"
    servers = env["ir.mail_server"]
    servers.search([]).active = False
    server = servers.create(
        {
            "name": "Main",
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_authentication": "login",
            "from_filter": "nordvik.example",
        }
    )
    values = {"smtp_encryption": "none"}
    if "mailroom_automatic" in server._fields:
        values |= {"mailroom_automatic": False}
        env["mailroom.guard"]._remember()
    server.write({**values, "smtp_port": port})
    if not env.company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", env.company)


def make_orders(env, count):
    """Create quotations with one line each, for as many customers.

    :return: ids
    """
    env = env(user=ADMIN)
    partners = env["res.partner"].create(
        [
            {"name": f"Kund {number}", "email": f"k{number:05}@kund.example"}
            for number in range(count)
        ]
    )
    product = env["product.product"].create({"name": "Work", "list_price": 10})
    lines = [(0, 0, {"product_id": product.id})]
    return (
        env["sale.order"]
        .create([{"partner_id": p.id, "order_line": lines} for p in partners])
        .ids
    )


class Measure:
    """Seconds, queries and memory of a ``with`` block."""

    seconds = queries = megabytes = 0

    def as_list(self):
        """Return ``[seconds, queries, megabytes]``."""
        return [self.seconds, self.queries, self.megabytes]


@contextmanager
def measured():
    """Measure a block, all database connections of the process together."""
    measure = Measure()
    memory, queries = _peak(), sql_db.sql_counter
    began = time.perf_counter()
    yield measure
    measure.seconds = time.perf_counter() - began
    measure.queries = sql_db.sql_counter - queries
    measure.megabytes = _peak() - memory


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def view_fields(env, model):
    """Return what the web client reads for the form of a dialog."""
    views = env[model].get_views([(False, "form")])
    return {name: {} for name in views["models"][model]["fields"]}
