"""A wkhtmltopdf that prints headers and footers: the one with Odoo's Qt patches."""

import platform
import shutil
import subprocess
import sys
from pathlib import Path

from dev.errors import Stop
from dev.paths import subfolder
from dev.system_packages import PDF_LIBRARIES, install

PATCHED = "with patched qt"


def program_folder() -> Path:
    """Return the folder to put first on PATH so that Odoo finds the right program.

    A machine that has a patched one keeps its own.

    :raises Stop: its libraries are missing, or there is none for this processor.
    """
    folder = subfolder("bin")
    link = folder / "wkhtmltopdf"
    own = shutil.which("wkhtmltopdf")
    if own and Path(own) != link and PATCHED in _version(own):
        link.unlink(missing_ok=True)
        return folder
    _point(link, Path(sys.prefix) / "bin" / "wkhtmltopdf-pack")
    if PATCHED not in _version(link):
        install(PDF_LIBRARIES)
        if PATCHED not in _version(link):
            raise Stop(f"wkhtmltopdf does not start: {_version(link).strip()}")
    return folder


def _point(link: Path, program: Path) -> None:
    if not program.exists():
        raise Stop(
            f"There is no ready-made wkhtmltopdf for {platform.machine()}: install "
            "version 0.12.6.1 'with patched qt' from wkhtmltopdf.org."
        )
    if not (link.is_symlink() and link.readlink() == program):
        link.unlink(missing_ok=True)
        link.symlink_to(program)


def _version(program: str | Path) -> str:
    """Return what it says about itself, or why it does not start."""
    done = subprocess.run(
        [program, "--version"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout
