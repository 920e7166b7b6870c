"""Start Odoo, wait for it and end it."""

import ctypes
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from dev.environment import Environment
from dev.errors import Stop

START_SECONDS = 180
STOP_SECONDS = 15
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def start(
    env: Environment,
    *arguments: str,
    log: Path,
    variables: dict[str, str] | None = None,
) -> subprocess.Popen:
    """Start Odoo in the background, out of reach of the terminal's Ctrl-C.

    :param arguments: Odoo's options.
    :param log: file that takes its output.
    :param variables: added to the environment.
    :return: the process; :func:`stop` ends it.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            env.command(*arguments),
            env={**env.variables(), **(variables or {})},
            cwd=env.workspace,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )


def run(env: Environment, *arguments: str, log: Path) -> int:
    """Run Odoo to its end and return its exit status."""
    process = start(env, *arguments, log=log)
    try:
        return process.wait()
    finally:
        stop(process)


def stop(process: subprocess.Popen) -> None:
    """End an Odoo process: politely first, by force when it does not listen."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_up(process: subprocess.Popen, port: int, log: Path) -> None:
    """Wait until Odoo answers on its port.

    :raises Stop: it ended, or did not answer in time.
    """
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Stop(f"Odoo did not start: {last_error(log)} (log: {log})")
        if answers(port):
            return
        time.sleep(0.2)
    raise Stop(f"Odoo did not answer within {START_SECONDS} s (log: {log})")


def answers(port: int) -> bool:
    """Tell whether Odoo's health check on a loopback port says it is up."""
    url = f"http://127.0.0.1:{port}/web/health"
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


def last_error(log: Path) -> str:
    """Return the last line of a log that names an error, for the person."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    telling = [line for line in lines if "Error" in line or " CRITICAL " in line]
    return (telling or lines or ["no output"])[-1].strip()


def _end_with_parent() -> None:
    """Ask the kernel to end the child when this process dies, even by SIGKILL."""
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGTERM)
