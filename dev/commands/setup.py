"""`bin/mailroom setup`: fetch everything, start nothing."""

import argparse

from dev import node, venv
from dev.environment import prepared
from dev.progress import say
from dev.system_packages import require_browser


def main(args: argparse.Namespace) -> None:
    """Fetch Odoo, the Python packages and what the options add."""
    if args.browser:
        require_browser()
    if args.lint:
        venv.ensure("lint")
        node.prettier()
    with prepared() as env:
        say(f"Odoo: {env.odoo.python_path}")
        say(f"PostgreSQL: {'embedded' if env.server.embedded else env.server.host}")
