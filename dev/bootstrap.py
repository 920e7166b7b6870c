"""From the machine's Python to the environment with all packages."""

import os
import sys

from dev import venv
from dev.paths import ROOT


def enter_environment() -> None:
    """Go on in the environment for Odoo; return only when already in it."""
    if venv.is_inside():
        return
    venv.check_python()
    python = venv.ensure()
    sys.stdout.flush()
    sys.stderr.flush()
    script = ROOT / "bin" / "mailroom"
    os.execv(python, [str(python), str(script), *sys.argv[1:]])
