"""Databases to copy from, so that a fresh one costs a second and not minutes."""

import hashlib
import re

from dev import addon, database, odoo_process
from dev.environment import Environment
from dev.errors import Stop
from dev.locks import exclusive
from dev.paths import home, subfolder
from dev.progress import step

PREFIX = "mailroom_template_"
# Odoo itself goes on when demo data fails, with no more than a warning.
BROKEN = re.compile(
    r"^\S+ \S+ \d+ (ERROR|CRITICAL) |demo data failed to install", re.MULTILINE
)
# English first: Odoo makes the first one the language of all users.
LANGUAGES = ("en_US", "sv_SE", "cs_CZ", "fr_FR", "ro_RO")
KEPT = 4


def dependencies(env: Environment, demo: bool = False) -> str:
    """Return a database with what Mailroom depends on, but without Mailroom.

    The languages in which Mailroom speaks to customers are loaded.

    :param demo: with demo data.
    """
    modules = addon.dependencies()
    content = f"{env.odoo.key} {modules} {demo} {LANGUAGES}"
    name = _name("demo" if demo else "plain", content)
    options = ["-i", ",".join(modules), f"--load-language={','.join(LANGUAGES)}"]
    if demo:
        options.append("--with-demo")
    _ensure(env, name, "the modules that Mailroom builds on", options)
    return name


def installed(env: Environment, demo: bool = False) -> str:
    """Return a database with Mailroom installed from its present files.

    :param demo: with demo data.
    """
    base = dependencies(env, demo)
    kind = "demo_mailroom" if demo else "plain_mailroom"
    name = _name(kind, f"{base} {addon.code_key()}")
    if not database.exists(env, name):
        _remove_old(env, kind)
    _ensure(env, name, "Mailroom", install_options(demo), base)
    return name


def install_options(demo: bool) -> list[str]:
    """Return Odoo's options that install Mailroom."""
    return ["-i", "mailroom", *(["--with-demo"] if demo else [])]


def _name(kind: str, content: str) -> str:
    return f"{PREFIX}{kind}_{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def _remove_old(env: Environment, kind: str) -> None:
    """Remove what earlier states of the code left, but for the newest few."""
    for name in database.names(env, f"{PREFIX}{kind}_")[:-KEPT]:
        database.drop(env, name)


def _ensure(
    env: Environment, name: str, what: str, options: list[str], base: str = ""
) -> None:
    if database.exists(env, name):
        return
    with exclusive(home() / "locks" / name, f"installing {what}"):
        if not database.exists(env, name):
            with step(f"Installing {what} in a database to copy from"):
                _build(env, name, options, base)


def _build(env: Environment, name: str, options: list[str], base: str) -> None:
    """Make it under a passing name: a database of the real name is complete."""
    passing = f"{name}_new"
    database.drop(env, passing)
    if base:
        database.clone(env, base, passing)
    install(env, passing, options)
    database.drop(env, name)
    database.rename(env, passing, name)


def install(env: Environment, name: str, options: list[str]) -> None:
    """Run Odoo once on a database with install or upgrade options.

    :raises Stop: Odoo logged an error or ended with one.
    """
    log = subfolder("logs") / f"install-{name}.log"
    log.unlink(missing_ok=True)
    fixed = ["-d", name, "--stop-after-init", "--no-http", "--max-cron-threads=0"]
    status = odoo_process.run(env, *fixed, *options, log=log)
    text = log.read_text(errors="replace")
    if status or BROKEN.search(text):
        raise Stop(f"Installing failed: {odoo_process.last_error(log)} (log: {log})")
