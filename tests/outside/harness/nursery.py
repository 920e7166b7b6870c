"""Jobs as real processes inside Odoo, from the test's side."""

import itertools
import json
import os
import select
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
JOB_SECONDS = 120


class JobDied(Exception):
    """The job's process ended without a result."""


class JobFailed(Exception):
    """The job raised; the text is its traceback."""


class Job:
    """A process that runs one function of ``harness`` inside Odoo."""

    def __init__(self, pid, answer):
        self.pid = pid
        self.answer = answer
        # Readable when the process ends; None when it has ended already.
        self.handle = None
        with suppress(ProcessLookupError):
            self.handle = os.pidfd_open(pid)

    def __del__(self):
        if self.handle is not None:
            os.close(self.handle)

    def is_over(self, seconds=0):
        """Wait for the end of the process at most so long, and tell whether it came."""
        if self.handle is None:
            return True
        poll = select.poll()
        poll.register(self.handle, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def result(self, seconds=JOB_SECONDS):
        """Wait for the job and return what its function returned.

        :raise JobDied: it was killed
        :raise JobFailed: it raised
        """
        if not self.is_over(seconds):
            self.kill()
            raise TimeoutError(f"job {self.pid} took longer than {seconds} s")
        if not self.answer.exists():
            raise JobDied(self.pid)
        return _content(self.answer)

    def kill(self, number=signal.SIGKILL):
        """Kill the process; nothing happens when it is over."""
        if self.handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, number)


class Nursery:
    """A process with a loaded registry that forks jobs.

    :param dev.environment.Environment env: says how to start Odoo
    :param str database: whose registry is loaded
    :param pathlib.Path folder: for answers and the log
    :param pathlib.Path programs: folder to put first on PATH, or None
    """

    def __init__(self, env, database, folder, programs=None):
        self.database = database
        self.folder = folder
        self.log = folder / "odoo.log"
        self._numbers = itertools.count(1)
        _python, _module, _odoo, *options = env.command("-d", database)
        variables = env.variables()
        path = [variables["PYTHONPATH"], TESTS]
        variables["PYTHONPATH"] = os.pathsep.join(map(str, path))
        if programs:
            variables["PATH"] = f"{programs}{os.pathsep}{variables['PATH']}"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [_python, "-m", "harness.nursery_process", database, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=TESTS,
                env=variables,
                text=True,
                start_new_session=True,
            )
        self._read("ready")

    def start(self, job, **arguments):
        """Start a job: ``module:function`` of ``harness`` with JSON arguments.

        :rtype: Job
        """
        return Job(*self._request(job, arguments))

    def warm_up(self, job, **arguments):
        """Run a job in the nursery itself, so that all others find its caches."""
        _pid, answer = self._request(job, arguments, here=True)
        return _content(answer)

    def call(self, job, **arguments):
        """Run a job and return its result."""
        return self.start(job, **arguments).result()

    def close(self):
        """End the process, and with it every job that still runs."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(30)

    def _request(self, job, arguments, here=False):
        answer = self.folder / f"{next(self._numbers)}.json"
        request = {"job": job, "arguments": arguments, "answer": str(answer)}
        print(
            json.dumps({**request, "here": here}), file=self.process.stdin, flush=True
        )
        return int(self._read()), answer

    def _read(self, expected=None):
        line = self.process.stdout.readline().strip()
        if not line or (expected and line != expected):
            raise JobDied(f"the nursery did not start: {self.log.read_text()[-2000:]}")
        return line


def _content(file):
    answer = json.loads(file.read_text())
    if "error" in answer:
        raise JobFailed(answer["error"])
    return answer["result"]
