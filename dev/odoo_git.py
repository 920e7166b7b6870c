"""Odoo from its public repository, for machines without Debian's package."""

import os
import shutil
from pathlib import Path

from dev.errors import Stop
from dev.folders import complete
from dev.programs import call

REPOSITORY = "https://github.com/odoo/odoo.git"


def build_from_git(branch: str, target: Path) -> None:
    """Clone one branch of Odoo without its history.

    :param branch: such as "19.0".
    :param target: folder that holds the checkout afterwards.
    :raises Stop: git is missing or the clone fails.
    """
    if not shutil.which("git"):
        raise Stop(
            "Odoo is not in this machine's package archive and git is missing: "
            "install git, or set ODOO_HOME to a folder with Odoo 19.0."
        )
    url = os.environ.get("MAILROOM_ODOO_GIT", REPOSITORY)
    options = ["--depth=1", "--single-branch", f"--branch={branch}"]
    with complete(target) as folder:
        # git refuses a folder that holds something, an empty one it takes.
        call("Cloning Odoo", ["git", "clone", "--quiet", *options, url, folder])
