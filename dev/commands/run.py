"""`bin/mailroom run`: the demo, until Ctrl-C."""

import argparse
import re
import subprocess

from dev import demo, demo_server
from dev.demo import Ports
from dev.environment import prepared
from dev.errors import Stop
from dev.logins import LOGINS
from dev.ports import require_free
from dev.progress import say

GOOD_NAME = re.compile(r"^[a-z0-9_]{1,50}$")


def main(args: argparse.Namespace) -> None:
    """Serve the demo until it is interrupted.

    :raises Stop: a port is taken, or something cannot be fetched or started.
    """
    if not GOOD_NAME.match(args.db):
        raise Stop("A database name has up to 50 small letters, digits and _.")
    ports = Ports(args.port, args.mail_port, args.web_mail_port)
    require_free(ports.odoo, "--port")
    require_free(ports.mail, "--mail-port")
    require_free(ports.web_mail, "--web-mail-port")
    store = demo_server.mail_store(args.db)
    with prepared() as env:
        if args.fresh:
            store.clear()
            store.sms.clear()
        demo.ensure(env, args.db, args.fresh)
        say("Starting Odoo …")
        with demo_server.serve(env, args.db, ports, store) as process:
            _greet(args.db, ports)
            _wait(process)
    raise Stop(f"Odoo ended by itself (log: {demo_server.log_file(args.db)})")


def _wait(process: subprocess.Popen) -> None:
    try:
        process.wait()
    except KeyboardInterrupt:
        say("\nStopping …")
        raise


def _greet(name: str, ports: Ports) -> None:
    """Print where to go and who to be."""
    people = "\n".join(f"    {login:14} {who}" for login, who in LOGINS)
    print(
        f"\n  Odoo          {ports.address}\n"
        f"  Caught mail   {ports.mail_address}\n"
        f"  Caught SMS    {ports.mail_address}/sms\n"
        f"  Log           {demo_server.log_file(name)}\n\n"
        f"  Logins (the password is the login):\n{people}\n\n"
        "  Ctrl-C ends everything.",
        flush=True,
    )
