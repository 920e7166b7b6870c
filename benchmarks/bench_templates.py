"""One template for a thousand invoices: Mailroom's engine beside Odoo's own."""

from pathlib import Path

from benchmarks.in_shell import figures_of
from dev.benchmark import Table

SCRIPT = Path(__file__).with_name("templates_shell.py")


def main(env):
    """Return renders per second and queries, side by side.

    :param env: :class:`dev.environment.Environment` with a running server
    :rtype: Table
    """
    figures = figures_of(env, SCRIPT)
    table = Table(
        f"One template, {figures['many']} invoices of as many customers",
        ("engine", "texts/s", "ratio", "queries", f"queries for {figures['few']}"),
    )
    ours = figures["ways"]["Mailroom"]["many"]["seconds"]
    for name, way in figures["ways"].items():
        speed = figures["many"] / way["many"]["seconds"]
        ratio = way["many"]["seconds"] / ours
        row = (name, speed, ratio, way["many"]["queries"], way["few"]["queries"])
        table.rows.append(row)
    return table
