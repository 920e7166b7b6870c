"""Run other programs, and fail with a sentence instead of a traceback."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from dev.diagnosis import explain
from dev.errors import Stop
from dev.paths import subfolder


def call(
    action: str,
    argv: Sequence[str | Path],
    *,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> str:
    """Run a program to its end.

    :param action: what it does, for the error line and the name of its log.
    :param argv: the program and its arguments.
    :param env: variables to add to the environment.
    :param cwd: folder to run in.
    :return: what it printed, standard error included.
    :raises Stop: it is missing or ended with another status than 0.
    """
    log = subfolder("logs") / f"{re.sub(r'[^a-z0-9]+', '-', action.lower())}.log"
    try:
        done = subprocess.run(
            [str(part) for part in argv],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise Stop(
            f"{action} needs `{argv[0]}`: install it and start again."
        ) from error
    if done.returncode:
        _keep(log, done.stdout)
        raise Stop(explain(action, done.stdout, str(log)))
    return done.stdout


def _keep(log: Path, output: str) -> None:
    try:
        log.write_text(output)
    except OSError:
        return  # a full disk: the sentence itself says so
