"""An own PostgreSQL in the cache folder, shared by the commands that need it."""

import fcntl
import hashlib
import os
import shlex
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from dev.locks import exclusive
from dev.paths import home, subfolder
from dev.postgres import Server
from dev.postgres_binaries import give_to_server_user, run
from dev.progress import step

USER = "mailroom"
LONGEST_SOCKET_PATH = 90
# Losing the last seconds of a demo at a power cut is no harm, waiting for the disk
# at every commit is; `bench` switches both on.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "'256MB'",
    "autovacuum_naptime": "'1h'",
    "jit": "off",
    "log_min_messages": "warning",
}


@contextmanager
def running():
    """Run the server for the length of a `with` block.

    Commands that run at the same time share it: each holds a shared lock, and the
    one that finds itself alone at its end stops the server. The kernel gives the
    locks of a killed command back.

    :return: the :class:`dev.postgres.Server`.
    """
    folder = subfolder("postgres")
    lease = os.open(folder / "lease", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        with exclusive(folder / "lock", "starting PostgreSQL"):
            fcntl.flock(lease, fcntl.LOCK_SH)
            _start(folder)
        yield Server(str(_socket_folder(folder)), "5432", USER, embedded=True)
    finally:
        with exclusive(folder / "lock", "stopping PostgreSQL"):
            if _is_last(lease):
                _stop(folder)
            os.close(lease)


def _is_last(lease: int) -> bool:
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _start(folder: Path) -> None:
    data = folder / "data"
    if not (data / "PG_VERSION").is_file():
        _initialise(data)
    if _is_running(data):
        return
    # pg_ctl hands this text to a shell.
    options = f"-k {shlex.quote(str(_socket_folder(folder)))}"
    arguments = ["-D", data, "-w", "-t", "60", "-l", data / "server.log"]
    run("Starting PostgreSQL", "pg_ctl", *arguments, "-o", options, "start")


def _stop(folder: Path) -> None:
    data = folder / "data"
    if _is_running(data):
        run("Stopping PostgreSQL", "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")


def _is_running(data: Path) -> bool:
    """Tell whether the process that wrote the pid file still serves this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return False
    return str(data).encode() in command


def _initialise(data: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    give_to_server_user(data)
    with step("Making a PostgreSQL server"):
        arguments = ["-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        run("Making a PostgreSQL server", "initdb", "-D", data, *arguments)
    lines = "".join(f"{name} = {value}\n" for name, value in SETTINGS.items())
    with (data / "postgresql.conf").open("a") as config:
        config.write(lines)


def _socket_folder(folder: Path) -> Path:
    """Return where the socket lies; the kernel takes no long path there."""
    place = folder / "socket"
    if len(str(place)) > LONGEST_SOCKET_PATH:
        mark = hashlib.sha256(str(home()).encode()).hexdigest()[:8]
        name = f"mailroom-{os.getuid()}-{mark}"
        place = Path(tempfile.gettempdir()) / name
    if not place.is_dir():
        place.mkdir(mode=0o700)
        give_to_server_user(place)
    return place
