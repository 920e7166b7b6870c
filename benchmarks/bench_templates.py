"""One template for a thousand invoices: Mailroom's engine beside Odoo's own."""

import json
import subprocess
from pathlib import Path

from dev import database, template
from dev.benchmark import Table
from dev.errors import Stop

SCRIPT = Path(__file__).with_name("templates_shell.py")
NAME = "mailroom_bench_templates"


def main(env):
    """Return renders per second and queries, side by side.

    :param env: :class:`dev.environment.Environment` with a running server
    :rtype: Table
    """
    database.drop(env, NAME)
    database.clone(env, template.installed(env), NAME)
    try:
        figures = _run(env)
    finally:
        database.drop(env, NAME)
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
