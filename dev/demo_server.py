"""Odoo and the mail catcher, running together on one database."""

import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dev import demo, odoo_process
from dev.catcher import smtp, web
from dev.catcher.store import MailStore
from dev.demo import Ports
from dev.environment import Environment
from dev.paths import subfolder


@contextmanager
def serve(env: Environment, name: str, ports: Ports, store: MailStore):
    """Run both for the length of a `with` block, and give Odoo's process.

    :param name: an existing demo database.
    :param ports: three free ports.
    :param store: takes the caught mail.
    :raises dev.errors.Stop: Odoo does not come up.
    """
    demo.point_to(env, name, ports)
    log = log_file(name)
    log.unlink(missing_ok=True)
    with ExitStack() as stack:
        stack.enter_context(smtp.serve(store, ports.mail))
        stack.enter_context(web.serve(store, ports.web_mail))
        process = start_odoo(env, name, ports, log)
        stack.callback(odoo_process.stop, process)
        odoo_process.wait_until_up(process, ports.odoo, log)
        yield process


def start_odoo(
    env: Environment, name: str, ports: Ports, log: Path
) -> subprocess.Popen:
    """Start Odoo with its crons on the database of the demo.

    Mail of servers that are not in the database goes to the catcher as well.
    """
    return odoo_process.start(
        env,
        *("-d", name, f"--db-filter=^{name}$"),
        *(f"--http-port={ports.odoo}", "--max-cron-threads=2"),
        *("--smtp=127.0.0.1", f"--smtp-port={ports.mail}"),
        log=log,
    )


def log_file(name: str) -> Path:
    """Return Odoo's log for a database."""
    return subfolder("logs") / f"run-{name}.log"


def mail_store(name: str) -> MailStore:
    """Return the mails caught for a database."""
    return MailStore(subfolder("mails", name))
