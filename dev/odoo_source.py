"""Get Odoo 19 Community: an existing checkout, Debian's package or a git clone."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from dev.errors import Stop
from dev.folders import check_space
from dev.locks import exclusive
from dev.odoo_debian import build_from_debian, debian_archive
from dev.odoo_git import build_from_git
from dev.paths import home
from dev.progress import step

SERIES = "19.0"
DEBIAN_LIBRARY = "usr/lib/python3/dist-packages"


@dataclass(frozen=True)
class OdooSource:
    """An Odoo that can be started: `python_path` holds the package `odoo`."""

    python_path: Path

    @property
    def addons(self) -> list[Path]:
        """Folders of addons beside those inside the package `odoo`.

        Debian's package has a second, partial copy without static files; a checkout
        has the real ones there.
        """
        outer = self.python_path / "addons"
        return [outer] if (outer / "web" / "static").is_dir() else []

    @property
    def fonts(self) -> Path:
        """Folder of fonts that came along, which may be missing."""
        return self.python_path.parents[2] / "share" / "fonts"

    @property
    def key(self) -> str:
        """Short text that differs between two versions of Odoo."""
        release = self.python_path / "odoo" / "release.py"
        marks = f"{self.python_path} {release.stat().st_mtime_ns}"
        return hashlib.sha256(marks.encode()).hexdigest()[:8]


def ensure() -> OdooSource:
    """Return a usable Odoo and get one first if there is none.

    :raises Stop: `ODOO_HOME` names no Odoo 19.0, or none can be got.
    """
    if named := os.environ.get("ODOO_HOME"):
        return _read_named(Path(named).expanduser())
    target = home() / f"odoo-{SERIES}"
    if not target.is_dir():
        with exclusive(home() / "locks" / "odoo", "getting Odoo"):
            if not target.is_dir():
                _build(target)
    return _locate(target)


def _build(target: Path) -> None:
    check_space(target.parent)
    archive = debian_archive()
    where = "Debian's package" if archive else "a git clone, 600 MB"
    with step(f"Getting Odoo {SERIES} ({where})"):
        if archive:
            build_from_debian(archive, target)
        else:
            build_from_git(SERIES, target)


def _locate(folder: Path) -> OdooSource | None:
    for candidate in (folder, folder / DEBIAN_LIBRARY):
        if (candidate / "odoo" / "release.py").is_file():
            return OdooSource(candidate)
    return None


def _read_named(folder: Path) -> OdooSource:
    source = _locate(folder.resolve())
    if not source:
        raise Stop(f"ODOO_HOME={folder} holds no Odoo: name the folder with odoo-bin.")
    release = (source.python_path / "odoo" / "release.py").read_text()
    found = re.search(r"^version_info = \((\d+), (\d+)", release, re.MULTILINE)
    if not found or ".".join(found.groups()) != SERIES:
        raise Stop(f"ODOO_HOME={folder} is not Odoo {SERIES}: check out that branch.")
    return source
