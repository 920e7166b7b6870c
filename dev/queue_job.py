"""OCA's job engine in a folder of its own, for the tests of Mailroom with it."""

import hashlib
import os
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from dev.environment import Environment
from dev.folders import complete
from dev.locks import exclusive
from dev.paths import ROOT, addons_folder, home
from dev.pip_wheel import pip_wheel
from dev.programs import call
from dev.progress import step

REQUIREMENTS = ROOT / "dev" / "requirements-queue-job.txt"


def ensure() -> Path:
    """Return the folder with the addon and what it imports; fetch it if needed."""
    pins = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:8]
    folder = home() / f"queue-job-{pins}"
    with exclusive(home() / "locks" / folder.name, "fetching queue_job"):
        if not folder.is_dir():
            with step("Fetching OCA's queue_job"), complete(folder) as passing:
                options = ["--no-deps", "--no-input", "--target", passing]
                call("Fetching queue_job", [*_pip(), *options, "-r", REQUIREMENTS])
    return folder


def _pip() -> list[str | Path]:
    own = ["-m", "pip"] if find_spec("pip") else [pip_wheel() / "pip"]
    return [sys.executable, *own, "install", "--disable-pip-version-check"]


@dataclass(frozen=True)
class JobEnvironment(Environment):
    """An environment whose Odoo knows the job engine.

    :ivar Path engine: what :func:`ensure` returns
    :ivar str channels: how many jobs may run beside each other, as ``queue_job`` wants
        to be told
    """

    engine: Path
    channels: str = "root:4"

    def command(self, *arguments: str) -> list[str]:
        """Return the command line that starts Odoo with the engine's folder."""
        addons = [addons_folder(), *self.odoo.addons, self.engine / "odoo" / "addons"]
        option = f"--addons-path={','.join(map(str, addons))}"
        return [*super().command(*arguments), option]

    def variables(self) -> dict[str, str]:
        """Return the environment of a process that may start jobs."""
        known = super().variables()
        path = os.pathsep.join([known["PYTHONPATH"], str(self.engine)])
        own = {"PYTHONPATH": path, "ODOO_QUEUE_JOB_CHANNELS": self.channels}
        return {**known, **own}


def with_engine(env: Environment) -> JobEnvironment:
    """Return the same environment with the job engine."""
    return JobEnvironment(env.odoo, env.server, env.programs, ensure())
