"""Which files belong to the project."""

import subprocess
from pathlib import Path

from dev.paths import ROOT

SKIPPED = ("__pycache__", ".git", "node_modules")


def project_files() -> list[Path]:
    """Return all files that are in version control or could be added to it.

    Without git, as in an unpacked archive, everything in the folder counts.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        found = ROOT.rglob("*")
        return sorted(f for f in found if f.is_file() and not _is_skipped(f))
    names = sorted(set(done.stdout.decode().split("\0")) - {""})
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def _is_skipped(file: Path) -> bool:
    return any(part in SKIPPED for part in file.relative_to(ROOT).parts)
