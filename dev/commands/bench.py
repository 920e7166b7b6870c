"""`bin/mailroom bench`: run the measurements in `benchmarks/`."""

import argparse
import subprocess
import sys
from contextlib import contextmanager

from dev import database
from dev.environment import Environment, prepared
from dev.errors import Stop
from dev.paths import ROOT
from dev.progress import say

# A benchmark that need not wait for the disk would say nothing about real servers.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def main(args: argparse.Namespace) -> int:
    """Run one file of `benchmarks/`, or all of them, each in its own process.

    A benchmark is a module with `main(env) -> dev.benchmark.Table`.

    :return: 0 when all ran.
    :raises Stop: there is no benchmark of that name.
    """
    files = sorted((ROOT / "benchmarks").glob("bench_*.py"))
    names = [file.stem.removeprefix("bench_") for file in files]
    wanted = [args.name] if args.name else names
    if not set(wanted) <= set(names) or not wanted:
        raise Stop(f"There is no such benchmark; there are: {', '.join(names)}.")
    with prepared() as env, _durable(env):
        failed = [name for name in wanted if _run(name)]
    return int(bool(failed))


def _run(name: str) -> int:
    say(f"== {name} ==")
    command = [sys.executable, "-m", "dev.benchmark", f"benchmarks/bench_{name}.py"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


@contextmanager
def _durable(env: Environment):
    """Make the embedded server write as safely as a real one for a `with` block."""
    if not env.server.embedded:
        yield
        return
    with database.connection(env) as cursor:
        for name, value in DURABLE.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        cursor.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        with database.connection(env) as cursor:
            for name in DURABLE:
                cursor.execute(f"ALTER SYSTEM RESET {name}")
            cursor.execute("SELECT pg_reload_conf()")
