"""Run the tests that need no Odoo in their own process."""

import os
import subprocess
import sys
from pathlib import Path

from dev.paths import ROOT, subfolder
from dev.progress import say
from dev.testing.counts import Counts, from_junit

NO_TESTS = 5  # pytest's exit status when it found nothing to run


def run(kind: str, ids: list[str], keep: bool = False, beside: bool = False) -> Counts:
    """Run one folder of tests with pytest.

    :param kind: "unit" or "outside", a folder below `tests`.
    :param ids: pytest node ids; empty for the whole folder.
    :param keep: leave the databases that the tests made.
    :param beside: something else is shown meanwhile; the output comes at the end.
    :return: the counts; a folder without tests counts as none.
    """
    folder = ROOT / "tests" / kind
    if not any(folder.glob("test_*.py")):
        return Counts()
    if not beside:
        say(f"== tests/{kind} ==")
    report = subfolder("logs") / f"pytest-{kind}-{os.getpid()}.xml"
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [*_command(folder), f"--junit-xml={report}", *(ids or [str(folder)])],
        env=_variables(keep),
        check=False,
        stdout=subprocess.PIPE if beside else None,
        stderr=subprocess.STDOUT if beside else None,
        text=True,
    )
    if beside:
        say(f"== tests/{kind} ==\n{done.stdout.rstrip()}")
    counts = from_junit(report)
    report.unlink(missing_ok=True)
    if done.returncode not in (0, NO_TESTS) and not counts.failed:
        # Broken before the first test or after the last one.
        return counts + Counts(failed=1)
    return counts


def _command(folder: Path) -> list[str]:
    config = ROOT / "dev" / "pytest.ini"
    # Above this folder lies the addon, which pytest must not import.
    edges = [f"--rootdir={folder}", f"--confcutdir={folder}"]
    return [sys.executable, "-m", "pytest", "-q", f"--config-file={config}", *edges]


def _variables(keep: bool) -> dict[str, str]:
    kept = {"MAILROOM_KEEP": "1"} if keep else {}
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        **kept,
    }
