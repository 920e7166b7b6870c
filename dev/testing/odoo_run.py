"""Run the addon's own tests inside Odoo, on a fresh database."""

import os
import threading
from pathlib import Path

from dev import database, odoo_process, ports, template
from dev.environment import Environment
from dev.paths import MODULE, ROOT, subfolder
from dev.progress import say, step
from dev.system_packages import require_browser
from dev.testing import odoo_log
from dev.testing.counts import Counts
from dev.testing.selection import tour_tags

POLL_SECONDS = 1
# Odoo's addons that Mailroom works with where they are installed.
OPTIONAL = ("sms_twilio",)


def run(env: Environment, tags: list[str], keep: bool = False) -> Counts:
    """Install Mailroom and what it works with, without demo data, and run its tests.

    :param tags: test tags of Odoo; empty for all of Mailroom's.
    :param keep: leave the database.
    :return: the counts; each unexpected line of the log counts as one failure.
    """
    if not any((ROOT / "tests").glob("test_*.py")):
        return Counts()
    if not tags or set(tags) & set(tour_tags(ROOT)):
        require_browser_for_tours()
    say("== tests in Odoo ==")
    name = f"mailroom_test_{os.getpid()}"
    log = subfolder("logs") / f"{name}.log"
    log.unlink(missing_ok=True)
    base = template.dependencies(env)
    database.drop(env, name)
    try:
        database.clone(env, base, name)
        status = _run_odoo(env, name, tags or [f"*/{MODULE}"], log)
    finally:
        if not keep:
            database.drop(env, name)
    if keep:
        say(f"Database kept: {name}")
    return _judge(log, status)


def require_browser_for_tours() -> None:
    """Ask for a browser only when a test drives one."""
    if tour_tags(ROOT):
        require_browser()


def _run_odoo(env: Environment, name: str, tags: list[str], log: Path) -> int:
    options = [
        *("-d", name, "-i", ",".join((MODULE, *OPTIONAL))),
        *("--stop-after-init", "--max-cron-threads=0"),
        *(f"--test-tags={','.join(tags)}", f"--http-port={ports.free_port()}"),
        f"--screenshots={subfolder('screenshots')}",
    ]
    with step("Running the tests in Odoo") as ticker:
        over = threading.Event()
        watcher = threading.Thread(target=_watch, args=(log, ticker, over))
        watcher.start()
        try:
            return odoo_process.run(env, *options, log=log)
        finally:
            over.set()
            watcher.join()


def _watch(log: Path, ticker, over: threading.Event) -> None:
    """Show which test is running."""
    while not over.wait(POLL_SECONDS):
        if not log.exists():
            continue
        records = odoo_log.parse(log.read_text(errors="replace"))
        started = [r for r in records if odoo_log.STARTED.match(r.lines[0])]
        if started:
            ticker.detail = f"({len(started)}: {started[-1].lines[0].split()[1]})"


def _judge(log: Path, status: int) -> Counts:
    """Count the tests and print every line that fails the run."""
    records = odoo_log.parse(log.read_text(errors="replace"))
    bad = odoo_log.unexpected(log)
    for record in bad:
        say(f"\n{record}")
    counts = odoo_log.count(records)
    say(f"Odoo: {counts} (log: {log})")
    unexpected = [r for r in bad if not odoo_log.is_summary(r)]
    others = [r for r in unexpected if not odoo_log.FAILED.match(r.lines[0])]
    if others:
        say(f"{len(others)} unexpected line(s) in Odoo's log fail the run.")
    failed = len(others)
    if status and not counts.failed and not failed:
        say(f"Odoo ended with status {status}.")
        failed = 1
    return counts + Counts(failed=failed)
