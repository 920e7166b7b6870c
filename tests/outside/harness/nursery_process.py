"""Inside Odoo: loads a database's registry once, then forks a process for each job.

A job starts within milliseconds, as an operating system process with a database
connection of its own, and may be killed at any moment. Requests come in on standard
input, one JSON object a line; the answer is the process id. A request with ``here``
runs in the nursery itself: what it leaves in caches every later job inherits.
"""

import ctypes
import gc
import importlib
import json
import os
import signal
import sys
import traceback
from contextlib import closing

import odoo.init  # noqa: F401 - Odoo wants to be imported first
from odoo import SUPERUSER_ID, api, sql_db, tools
from odoo.modules.registry import Registry

PR_SET_PDEATHSIG = 1


def main(options, database):
    """Load the registry and serve requests until standard input ends."""
    tools.config.parse_config(options, setup_logging=True)
    registry = Registry(database)
    answers, sys.stdout = sys.stdout, sys.stderr
    # Children end unnoticed; their results lie in files.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if request["here"]:
            pid = os.getpid()
            _answer(registry, request)
            gc.collect()
            gc.freeze()
        else:
            # A connection must never be shared by two processes.
            sql_db.close_all()
            pid = os.fork()
            if not pid:
                _child(registry, request)
        print(pid, file=answers, flush=True)


def _child(registry, request):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _answer(registry, request)
    os._exit(0)


def _answer(registry, request):
    try:
        answer = {"result": _perform(registry, request)}
    except BaseException:  # noqa: BLE001 - the test process gets to see it
        answer = {"error": traceback.format_exc()}
    passing = f"{request['answer']}.new"
    with open(passing, "w") as file:
        json.dump(answer, file)
    os.rename(passing, request["answer"])


def _perform(registry, request):
    module, _colon, name = request["job"].partition(":")
    job = getattr(importlib.import_module(f"harness.{module}"), name)
    registry.check_signaling()
    with closing(registry.cursor()) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        result = job(env, **request["arguments"])
        # A job that keeps no connection of its own has given it back.
        if not cr.closed:
            env.flush_all()
            cr.commit()
    registry.signal_changes()
    return result


if __name__ == "__main__":
    main(sys.argv[2:], sys.argv[1])
