"""The linters, all pinned, each a command over the files it understands."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dev import house_rules, node, venv
from dev.paths import MODULE, ROOT, addons_folder
from dev.progress import say
from dev.project_files import project_files

PRETTY = (".xml", ".js", ".mjs", ".scss", ".css", ".json", ".yml", ".yaml")
# Plain Python: Odoo's conventions are not theirs.
OUTSIDE_ADDON = (
    "dev/",
    "bin/",
    "benchmarks/",
    "docs/",
    "tools/",
    "tests/unit/",
    "tests/outside/",
)


@dataclass(frozen=True)
class Linter:
    """A check: its name and what runs it; it returns the number of problems."""

    name: str
    run: Callable[[], int]


def linters(fix: bool) -> list[Linter]:
    """Return all linters in the order of speed.

    :param fix: repair what can be repaired before the check.
    """
    files = project_files()
    python = [f for f in files if f.suffix == ".py" or _is_python_script(f)]
    return [
        Linter("house rules", lambda: _house_rules(files)),
        Linter("ruff", lambda: _ruff(python, fix)),
        Linter("prettier", lambda: _prettier(files, fix)),
        Linter("oca-checks", lambda: _oca_checks(files)),
        Linter("pylint-odoo", lambda: _pylint(python)),
    ]


def _house_rules(files: list[Path]) -> int:
    findings = house_rules.check(ROOT, files)
    for finding in findings:
        say(str(finding))
    return len(findings)


def _ruff(files: list[Path], fix: bool) -> int:
    ruff = str(_tool("ruff"))
    if fix:
        _call([ruff, "check", "--fix", "--quiet", *_names(files)])
        _call([ruff, "format", "--quiet", *_names(files)])
        return _call([ruff, "check", "--quiet", *_names(files)])
    checked = _call([ruff, "check", "--quiet", *_names(files)])
    return checked + _call([ruff, "format", "--check", "--quiet", *_names(files)])


def _prettier(files: list[Path], fix: bool) -> int:
    names = _names(f for f in files if f.suffix in PRETTY)
    if not names:
        return 0
    option = "--write" if fix else "--check"
    return _call([*node.prettier(), option, "--log-level=warn", *names])


def _pylint(files: list[Path]) -> int:
    names = [n for n in _names(files) if not n.startswith(OUTSIDE_ADDON)]
    # By its technical name: the checks take the module's name from the folder.
    inside = [f"{MODULE}/{name}" for name in names]
    options = ["-m", "pylint", f"--rcfile={ROOT / '.pylintrc'}", "-j1"]
    return _call([str(_tool("python")), *options, *inside], addons_folder())


def _oca_checks(files: list[Path]) -> int:
    module = addons_folder() / MODULE
    problems = _call([str(_tool("oca-checks-odoo-module")), str(module)])
    translations = _names(f for f in files if f.suffix in (".po", ".pot"))
    if translations:
        problems += _call([str(_tool("oca-checks-po")), *translations])
    return problems


def _tool(name: str) -> Path:
    return venv.ensure("lint").parent / name


def _names(files) -> list[str]:
    return [str(file.relative_to(ROOT)) for file in files]


def _is_python_script(file: Path) -> bool:
    return file.parent.name == "bin" and not file.suffix


def _call(command: list[str], folder: Path = ROOT) -> int:
    """Run a linter with its output on the terminal; 1 stands for any problem."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, check=False)
    return int(done.returncode != 0)
