"""What the addon says about itself, and whether its files changed."""

import ast
import hashlib

from dev.paths import MODULE, ROOT

# Not read by Odoo at run time: a change there needs no upgrade of a database.
OTHER_FOLDERS = ("benchmarks", "bin", "dev", "docs", "tests")


def dependencies() -> list[str]:
    """Return the modules that the manifest depends on."""
    manifest = ast.literal_eval((ROOT / "__manifest__.py").read_text())
    return sorted(manifest["depends"])


def code_key() -> str:
    """Return a hash over the addon's files; another one means an upgrade is due."""
    digest = hashlib.sha256(MODULE.encode())
    files = list(ROOT.glob("*.py"))
    for folder in ROOT.iterdir():
        if folder.is_dir() and not _is_other(folder.name):
            files += folder.rglob("*")
    for file in sorted(files):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _is_other(name: str) -> bool:
    return name.startswith((".", "__")) or name in OTHER_FOLDERS
