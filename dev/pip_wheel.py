"""pip for a Python that came without it, as on a bare Debian or Ubuntu."""

import shutil
from pathlib import Path

from dev import machine
from dev.apt_fetch import fetch, unpack
from dev.apt_sources import Source, find
from dev.errors import Stop
from dev.folders import complete
from dev.paths import home

PACKAGE = "python3-pip-whl"


def pip_wheel() -> Path:
    """Return a wheel of pip, taken from the distribution without installing it.

    :return: path of the wheel; `python WHEEL/pip install …` runs pip from it.
    :raises Stop: the machine has no apt, or no such package.
    """
    folder = home() / "pip"
    if not folder.is_dir():
        components = "main universe" if _is_ubuntu() else "main"
        fetch(_archive(), components, [PACKAGE], home() / "pip-debs")
        with complete(folder) as target:
            unpack(home() / "pip-debs", target)
        shutil.rmtree(home() / "pip-debs", ignore_errors=True)
    wheels = sorted(folder.glob("usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        raise Stop("Python has no pip: install the package python3-venv.")
    return wheels[-1]


def _is_ubuntu() -> bool:
    return machine.release().get("ID") == "ubuntu"


def _archive() -> Source:
    codename = machine.release().get("VERSION_CODENAME", "")
    found = find(machine.apt_sources(), codename) if machine.has_apt() else None
    if not found:
        raise Stop("Python has no venv module: install the package python3-venv.")
    return Source(found.uri, (codename,), found.signed_by)
