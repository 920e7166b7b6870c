"""Measurements that run inside Odoo's own shell."""

import json
import subprocess

from dev import database, template
from dev.errors import Stop


def figures_of(env, script):
    """Run a script in Odoo's shell, on a fresh database, and return what it found.

    :param env: :class:`dev.environment.Environment` with a running server
    :param Path script: prints one line of JSON, an object
    :rtype: dict
    :raise Stop: it printed none
    """
    name = f"mailroom_bench_{script.stem}"
    database.drop(env, name)
    database.clone(env, template.installed(env), name)
    try:
        return _run(env, name, script)
    finally:
        database.drop(env, name)


def _run(env, name, script):
    result = subprocess.run(
        env.command("shell", "-d", name, "--no-http", "--log-level=error"),
        env=env.variables(),
        cwd=env.workspace,
        input=script.read_text(),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in result.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise Stop(f"The measurement failed: {result.stderr[-2000:]}")
    return json.loads(lines[-1])
