"""`bin/mailroom shell`: a Python shell with `env` on the demo database."""

import argparse
import subprocess

from dev import database
from dev.environment import prepared
from dev.errors import Stop


def main(args: argparse.Namespace) -> int:
    """Open Odoo's shell, or run the program given on standard input.

    :raises Stop: there is no such database yet.
    """
    with prepared() as env:
        if not database.exists(env, args.db):
            raise Stop(f"There is no database {args.db}: `bin/mailroom run` makes it.")
        options = ["-d", args.db, "--no-http", "--log-level=warn"]
        return subprocess.run(
            env.command("shell", *options),
            env=env.variables(),
            cwd=env.workspace,
            check=False,
        ).returncode
