"""Python environments in the cache folder, one for each set of pinned packages."""

import hashlib
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from dev.errors import Stop
from dev.folders import check_space
from dev.locks import exclusive
from dev.paths import ROOT, home
from dev.pip_wheel import pip_wheel
from dev.programs import call
from dev.progress import step

NEWEST = (3, 13)
REQUIREMENTS = {
    "odoo": "requirements.txt",
    "lint": "requirements-lint.txt",
    "node": "requirements-node.txt",
}


def ensure(name: str = "odoo") -> Path:
    """Return the Python of an environment, and make the environment if needed.

    :param name: "odoo" (Odoo, tests and tools), "lint" (the linters) or "node".
    :return: path of its `python`.
    """
    folder = _folder(name)
    python = folder / "bin" / "python"
    if not _is_complete(folder):
        with exclusive(home() / "locks" / folder.name, f"installing {name}"):
            if not _is_complete(folder):
                _build(name, folder, python)
    return python


def is_inside(name: str = "odoo") -> bool:
    """Tell whether this process runs in that environment."""
    return Path(sys.prefix).resolve() == _folder(name).resolve()


def _requirements(name: str) -> Path:
    return ROOT / "dev" / REQUIREMENTS[name]


def _folder(name: str) -> Path:
    """Return where it lies: another Python or other pins make another folder."""
    version = "{}.{}.{}".format(*sys.version_info)
    lines = _requirements(name).read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    content = "\n".join([version, sys.base_prefix, *pins])
    return home() / f"venv-{name}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def _is_complete(folder: Path) -> bool:
    return (folder / "complete").is_file()


def _build(name: str, folder: Path, python: Path) -> None:
    """Fill the folder in place: an environment cannot be moved once it is made."""
    check_space(folder.parent, 1024**3)
    shutil.rmtree(folder, ignore_errors=True)
    with step(f"Installing Python packages ({name})"):
        call("Making a Python environment", _venv_command(folder))
        pip = [python, "-m", "pip"]
        if not find_spec("ensurepip"):
            wheel = pip_wheel()
            pip = [python, wheel / "pip"]
        install = [*pip, "install", "--disable-pip-version-check", "--no-input"]
        call("Installing Python packages", [*install, "-r", _requirements(name)])
        (folder / "complete").touch()


def _venv_command(folder: Path) -> list[str | Path]:
    if not find_spec("ensurepip"):
        # Debian and Ubuntu keep ensurepip in a package of its own.
        return [_base_python(), "-m", "venv", "--without-pip", folder]
    return [_base_python(), "-m", "venv", folder]


def _base_python() -> str:
    """Return the interpreter below any environment that this process runs in."""
    return getattr(sys, "_base_executable", None) or sys.executable


def check_python() -> None:
    """Refuse a Python that Odoo 19 does not know, or go on with one that it does.

    :raises Stop: this one is too new and the machine has no other.
    """
    if sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], 9, -1):
        if other := shutil.which(f"python3.{minor}"):
            os.execv(other, [other, *sys.argv])
    raise Stop(
        "Odoo 19 runs on Python 3.10 to 3.13, this is "
        f"{sys.version_info.major}.{sys.version_info.minor}: install python3.13."
    )
