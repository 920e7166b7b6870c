"""Programs and libraries that only the system's package manager can give."""

import shutil
from dataclasses import dataclass

from dev import machine
from dev.errors import Stop
from dev.programs import call
from dev.progress import step


@dataclass(frozen=True)
class Need:
    """Something of the system: `what` a person calls it, `packages` on Debian."""

    what: str
    packages: tuple[str, ...]
    why: str


CHROMIUM = Need(
    "Chromium",
    ("chromium", "fonts-dejavu-core"),
    "browser tests and screenshots",
)
PDF_LIBRARIES = Need(
    "the libraries of wkhtmltopdf",
    ("libxrender1", "libxext6", "libx11-6", "libfontconfig1", "libfreetype6"),
    "printing PDFs",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Return the path of a Chromium or Chrome, if the machine has one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def require_browser() -> str:
    """Return the path of a browser, installing Chromium if that is possible.

    :raises Stop: there is none and it cannot be installed from here.
    """
    if not find_browser():
        if machine.release().get("ID") == "ubuntu":
            # Ubuntu's package is a snap, which does not run in containers.
            raise Stop("Missing: Chromium. Install Google Chrome or Chromium.")
        install(CHROMIUM)
    return find_browser() or _missing(CHROMIUM)


def install(need: Need) -> None:
    """Install packages when run as root on a machine with apt.

    :param need: what is missing.
    :raises Stop: this user may not install, or there is no apt.
    """
    if not (machine.is_root() and machine.has_apt()):
        _missing(need)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing {need.what} ({' '.join(need.packages)})"):
        call("Reading the system's package lists", ["apt-get", "update", "-q"])
        options = ["install", "-y", "-q", "--no-install-recommends"]
        call(
            f"Installing {need.what}", ["apt-get", *options, *need.packages], env=quiet
        )


def _missing(need: Need) -> str:
    raise Stop(
        f"Missing: {need.what}, for {need.why}. "
        f"Run `sudo apt-get install {' '.join(need.packages)}` "
        "(or your system's packages of the same purpose) and start again."
    )
