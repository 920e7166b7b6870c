"""What kind of machine this is."""

import os
import shutil
from pathlib import Path

from dev.apt_sources import Source, parse_deb822, parse_list

OS_RELEASE = Path("/etc/os-release")
APT = Path("/etc/apt")


def release() -> dict[str, str]:
    """Return the fields of os-release(5), such as `ID` and `VERSION_CODENAME`."""
    try:
        lines = OS_RELEASE.read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {name: value.strip("\"'") for name, value in pairs}


def is_root() -> bool:
    """Tell whether the command runs with all rights."""
    return os.geteuid() == 0


def has_apt() -> bool:
    """Tell whether packages can be fetched and unpacked with apt and dpkg."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg"))


def apt_sources() -> list[Source]:
    """Return the archives that this machine's apt reads."""
    files = [APT / "sources.list", *sorted((APT / "sources.list.d").glob("*"))]
    sources = []
    for file in files:
        parse = {".list": parse_list, ".sources": parse_deb822}.get(file.suffix)
        if parse and file.is_file():
            sources += parse(file.read_text(errors="replace"))
    return sources
