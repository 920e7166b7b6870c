"""Odoo from Debian's package, unpacked into a folder and not installed."""

import shutil
from pathlib import Path

from dev import machine
from dev.apt_fetch import fetch, unpack
from dev.apt_sources import Source, find
from dev.folders import complete
from dev.paths import home

# The package links some of its web assets into these other packages. Odoo needs
# version 4 of Font Awesome, which only the older suite carries.
PACKAGES = {
    "sid": (
        "odoo-19",
        "libjs-jquery",
        "libjs-underscore",
        "libjs-jquery-form",
        "fonts-montserrat",
        "fonts-roboto-unhinted",
        "fonts-ocr-b",
    ),
    "bookworm": ("fonts-font-awesome", "fonts-inconsolata"),
}
LIBRARY = "usr/lib/python3/dist-packages"
# Removed from the package, yet named in a manifest: pages log an error without it.
MISSING_FILE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def debian_archive() -> Source | None:
    """Return the Debian archive to fetch from, if this machine knows one.

    Ubuntu's archives carry no Debian suites, so there the answer is None.
    """
    codename = machine.release().get("VERSION_CODENAME", "")
    if not machine.has_apt() or machine.release().get("ID") != "debian":
        return None
    found = find(machine.apt_sources(), codename)
    return Source(found.uri, tuple(PACKAGES), found.signed_by) if found else None


def build_from_debian(archive: Source, target: Path) -> None:
    """Download and unpack Odoo and what it links to.

    :param archive: from :func:`debian_archive`.
    :param target: folder that holds Odoo afterwards.
    """
    debs = home() / "debs"
    if not _is_complete(debs):
        wanted = [
            f"{name}/{suite}" for suite, names in PACKAGES.items() for name in names
        ]
        fetch(archive, "main", wanted, debs)
    with complete(target) as folder:
        unpack(debs, folder)
        _mend(folder / LIBRARY)
    shutil.rmtree(debs, ignore_errors=True)


def _is_complete(debs: Path) -> bool:
    names = [name for group in PACKAGES.values() for name in group]
    return all(any(debs.glob(f"{name}_*.deb")) for name in names)


def _mend(library: Path) -> None:
    """Make the unpacked package run without being installed."""
    missing = library / "odoo" / "addons" / MISSING_FILE
    missing.parent.mkdir(parents=True, exist_ok=True)
    missing.touch()
    # It asks for psycopg2 by a name that psycopg2-binary does not satisfy.
    for metadata in library.glob("odoo*.egg-info"):
        if metadata.is_dir():
            shutil.rmtree(metadata)
        else:
            metadata.unlink()
