"""`bin/mailroom clean`: remove what the other commands made."""

import argparse
import fcntl
import os
import shutil
from pathlib import Path

from dev.errors import Stop
from dev.paths import home
from dev.progress import say

# Made again in a minute or two without the network.
MADE = ("postgres", "data", "mails", "logs", "checkouts", "work", "font-cache", "bin")
PASSING = ("screenshots", "apt", "debs", "pip-debs")
DOWNLOADED = ("odoo-*", "venv-*", "node-*", "pip", "locks")


def main(args: argparse.Namespace) -> None:
    """Remove databases, mails and logs; with `--all` the downloads as well.

    :raises Stop: another command is running.
    """
    folder = home()
    _refuse_when_running(folder / "postgres" / "lease")
    names = (*MADE, *PASSING, *(DOWNLOADED if args.all else ()))
    for name in names:
        for found in folder.glob(name):
            shutil.rmtree(found)
            say(f"Removed {found}")
    if args.all and not any(folder.iterdir()):
        folder.rmdir()


def _refuse_when_running(lease: Path) -> None:
    """Ask the lock that every command with a database holds."""
    if not lease.exists():
        return
    handle = os.open(lease, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Stop("Another mailroom command is running: end it first.") from error
    finally:
        os.close(handle)
