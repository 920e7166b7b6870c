"""Where things lie: the repository and the user's cache folder."""

import hashlib
import os
from pathlib import Path

from dev.errors import Stop

MODULE = "mailroom"
ROOT = Path(__file__).resolve().parent.parent


def home() -> Path:
    """Return the folder that holds everything the commands make, and create it.

    :return: `MAILROOM_HOME`, else `mailroom` in the user's cache folder.
    :raises Stop: the folder cannot be made.
    """
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("MAILROOM_HOME") or Path(cache) / MODULE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(
            f"The cache folder {folder} cannot be made ({error.strerror}): "
            "set MAILROOM_HOME to a folder you may write to."
        ) from error
    return folder.resolve()


def subfolder(*names: str) -> Path:
    """Return a folder below the cache folder, made if it is missing."""
    folder = home().joinpath(*names)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def checkout_key() -> str:
    """Return a short name for this clone: two clones may share one cache folder."""
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]


def addons_folder() -> Path:
    """Return an addons path that holds this repository under its technical name.

    The clone's own folder may have any name, while Odoo takes a module's name from
    its folder, hence the link.
    """
    folder = subfolder("checkouts", checkout_key(), "addons")
    link = folder / MODULE
    if not (link.is_symlink() and link.resolve() == ROOT):
        link.unlink(missing_ok=True)
        link.symlink_to(ROOT)
    return folder
