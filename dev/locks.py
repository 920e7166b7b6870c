"""Locks between commands that run at the same time."""

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path

from dev.progress import say


@contextmanager
def exclusive(path: Path, waiting_for: str):
    """Hold a lock file for the length of a `with` block.

    The kernel frees the lock when the process dies, so a crash leaves none behind.

    :param path: the lock file, made if it is missing.
    :param waiting_for: what the other command does, told while waiting.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Waiting for another mailroom command ({waiting_for}) …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
