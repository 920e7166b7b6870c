"""Make folders that are either complete or not there."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from dev.errors import Stop

ENOUGH_BYTES = 4 * 1024**3


@contextmanager
def complete(target: Path):
    """Fill a folder under a passing name and give it its real one at the end.

    :param target: the folder that shall exist afterwards; an old one is replaced.
    """
    passing = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(passing, ignore_errors=True)
    passing.mkdir(parents=True)
    try:
        yield passing
        shutil.rmtree(target, ignore_errors=True)
        passing.rename(target)
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def check_space(folder: Path, needed: int = ENOUGH_BYTES) -> None:
    """Refuse to begin a large installation on a disk that is too small for it.

    :param folder: any folder on that disk.
    :param needed: bytes that must be free.
    :raises Stop: less is free.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Stop(
            f"Only {free / 1024**3:.1f} GB are free for {folder}, "
            f"{needed / 1024**3:.0f} GB are needed: free some space, or set "
            "MAILROOM_HOME to a folder on a larger disk."
        )
