"""Moving 500 orders to a stage that tells each customer: Mailroom beside an automation
rule of Odoo's own that sends a template."""

import json
import subprocess
from pathlib import Path

from dev import database, template
from dev.benchmark import Table
from dev.errors import Stop

SCRIPT = Path(__file__).with_name("stages_shell.py")
NAME = "mailroom_bench_stages"


def main(env):
    """Return seconds and queries per order, side by side.

    :param env: :class:`dev.environment.Environment` with a running server
    :rtype: Table
    """
    database.drop(env, NAME)
    database.clone(env, template.installed(env), NAME)
    try:
        figures = _run(env)
    finally:
        database.drop(env, NAME)
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


def _run(env):
    options = ["-d", NAME, "--no-http", "--log-level=error"]
    result = subprocess.run(
        env.command("shell", *options),
        env=env.variables(),
        cwd=env.workspace,
        input=SCRIPT.read_text(),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in result.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise Stop(f"The measurement failed: {result.stderr[-2000:]}")
    return json.loads(lines[-1])
