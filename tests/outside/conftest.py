"""What tests with real processes share: databases, Odoo, the mail catcher."""

import itertools
import os
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness import printer
from harness.lab import Lab
from harness.nursery import Nursery
from harness.rows import Rows
from harness.tally import TALLY

from dev import database, odoo_process, ports, template
from dev.catcher import smtp
from dev.catcher.store import MailStore
from dev.demo import Ports, point_to
from dev.environment import Environment, prepared
from dev.paths import subfolder
from dev.rpc import Client
from dev.testing import odoo_log

_numbers = itertools.count(1)


@dataclass(frozen=True)
class OdooServer:
    """A running Odoo on a database of its own."""

    env: Environment
    database: str
    ports: Ports
    log: Path

    def client(self, login: str = "admin", password: str = "admin") -> Client:
        """Return a JSON-RPC client that is logged in as a user."""
        return Client.login(self.ports.odoo, self.database, login, password)

    def trouble(self) -> list[odoo_log.Record]:
        """Return the lines of the log that nobody expects: errors and warnings."""
        return odoo_log.unexpected(self.log)


@pytest.fixture(scope="session")
def env():
    """The :class:`dev.environment.Environment`, with a running PostgreSQL."""
    with prepared() as prepared_env:
        yield prepared_env


@pytest.fixture
def mails(tmp_path) -> MailStore:
    """The caught mails: `mails.wait(1, to="x@y.example")`, `mails.mails()`."""
    return MailStore(tmp_path / "mails")


@pytest.fixture
def catcher_port(mails):
    """The port of an SMTP server that keeps every mail in `mails`."""
    port = ports.free_port()
    with smtp.serve(mails, port):
        yield port


@contextmanager
def passing_database(env: Environment, source: str):
    """Give the name of a copy of a database, removed after the `with` block."""
    name = f"mailroom_outside_{os.getpid()}_{next(_numbers)}"
    database.drop(env, name)
    database.clone(env, source, name)
    try:
        yield name
    finally:
        if not os.environ.get("MAILROOM_KEEP"):
            database.drop(env, name)


@pytest.fixture(scope="session")
def demo_source(env) -> str:
    """A database with Mailroom and its demo data, to be copied and not used."""
    return template.installed(env, demo=True)


@pytest.fixture(scope="session")
def plain_source(env) -> str:
    """A database with Mailroom and no demo data, to be copied and not used."""
    return template.installed(env)


@pytest.fixture(scope="session")
def session_database(env, demo_source):
    """One copy of the demo database for all tests of the session."""
    with passing_database(env, demo_source) as name:
        yield name


@pytest.fixture
def demo_database(env, demo_source):
    """A fresh copy of the demo database for one test, which may send."""
    with passing_database(env, demo_source) as name:
        # A copy sends nothing; this one stands for a database of its own.
        Rows(env.server.dsn(name)).allow_sending()
        yield name


@pytest.fixture
def plain_database(env, plain_source):
    """A fresh database with Mailroom and no demo data for one test."""
    with passing_database(env, plain_source) as name:
        yield name


@pytest.fixture
def start_odoo(env, tmp_path, catcher_port):
    """Start any number of Odoo processes: `start_odoo(database, *options)`.

    The database's mail servers are pointed to the catcher. Options are Odoo's own,
    such as "--max-cron-threads=1". All processes end with the test.

    :return: an :class:`OdooServer` that answers already.
    """
    with ExitStack() as stack:

        def start(name: str, *options: str) -> OdooServer:
            chosen = Ports(ports.free_port(), catcher_port, ports.free_port())
            point_to(env, name, chosen)
            log = subfolder("logs") / f"{name}-{chosen.odoo}.log"
            process = odoo_process.start(
                env,
                *("-d", name, f"--db-filter=^{name}$"),
                *(f"--http-port={chosen.odoo}", "--max-cron-threads=0"),
                *("--smtp=127.0.0.1", f"--smtp-port={catcher_port}"),
                *options,
                log=log,
            )
            stack.callback(odoo_process.stop, process)
            odoo_process.wait_until_up(process, chosen.odoo, log)
            return OdooServer(env, name, chosen, log)

        yield start


@pytest.fixture(scope="session")
def nursery(env, plain_source, tmp_path_factory):
    """Forks real workers on a database of the fault tests."""
    folder = tmp_path_factory.mktemp("nursery")
    with passing_database(env, plain_source) as name:
        programs = printer.install(folder / "bin", wkhtmltopdf(env))
        nursery = Nursery(env, name, folder, programs)
        nursery.rows = Rows(env.server.dsn(name))
        try:
            nursery.warm_up("jobs:prepare")
            nursery.warm_up("jobs:rehearse")
            yield nursery
        finally:
            nursery.close()


@pytest.fixture
def lab(nursery):
    """An empty outbox, workers and scripted servers: :class:`harness.lab.Lab`."""
    nursery.rows.clean()
    lab = Lab(nursery, nursery.rows)
    yield lab
    lab.close()


def wkhtmltopdf(env: Environment) -> str:
    """Return the program that Odoo prints with."""
    return shutil.which("wkhtmltopdf", path=env.variables()["PATH"])


def pytest_sessionfinish(session):
    if not TALLY.is_clean and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if TALLY.asked:
        terminalreporter.write_line(str(TALLY))
