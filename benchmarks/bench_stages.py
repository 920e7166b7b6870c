"""Moving 500 orders to a stage that tells each customer: Mailroom beside an automation
rule of Odoo's own that sends a template."""

from pathlib import Path

from benchmarks.in_shell import figures_of
from dev.benchmark import Table

SCRIPT = Path(__file__).with_name("stages_shell.py")


def main(env):
    """Return seconds and queries per order, side by side.

    :param env: :class:`dev.environment.Environment` with a running server
    :rtype: Table
    """
    figures = figures_of(env, SCRIPT)
    few, many = figures["few"], figures["many"]
    table = Table(
        f"Stage change of {many} orders, a message each",
        ("", "ms/order", "ratio", f"queries/order of {many}", f"of {few}"),
    )
    theirs = figures["ways"]["base_automation"]["many"]["seconds"]
    for name, way in figures["ways"].items():
        table.rows.append(
            (
                name,
                way["many"]["seconds"] * 1000 / many,
                way["many"]["seconds"] / theirs,
                way["many"]["queries"] / many,
                way["few"]["queries"] / few,
            )
        )
    return table
