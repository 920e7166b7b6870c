"""A database with Mailroom and one without, each with Odoo processes and a mail server
of its own; built from what the fault tests use."""

import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dev import database, template
from dev.paths import ROOT

sys.path.insert(0, str(ROOT / "tests" / "outside"))

from fake_smtp import FakeSMTP
from harness.nursery import Nursery


class Side:
    """One of the two: jobs are those of ``harness.jobs_measure_<name>``."""

    def __init__(self, name, nursery, server):
        self.name = name
        self.nursery = nursery
        self.server = server

    def call(self, job, **arguments):
        """Run a measurement in a process of its own."""
        return self.nursery.call(f"jobs_measure_{self.name}:{job}", **arguments)

    def make_orders(self, count):
        """Create quotations; return their ids."""
        return self.nursery.call("jobs_measure:make_orders", count=count)


@contextmanager
def both(env):
    """Give the two sides, ``(mailroom, odoo)``, on fresh databases."""
    sources = {
        "mailroom": template.installed(env),
        "odoo": template.dependencies(env),
    }
    with ExitStack() as stack:
        yield tuple(_side(env, stack, *item) for item in sources.items())


def _side(env, stack, name, source):
    target = f"mailroom_bench_{name}"
    database.drop(env, target)
    database.clone(env, source, target)
    stack.callback(database.drop, env, target)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    nursery = Nursery(env, target, folder)
    stack.callback(nursery.close)
    server = stack.enter_context(FakeSMTP())
    nursery.warm_up("jobs_measure:set_up", port=server.port)
    side = Side(name, nursery, server)
    # Both find their caches filled, as in a server that runs for a while.
    warm = f"jobs_measure_{name}"
    [order] = nursery.warm_up("jobs_measure:make_orders", count=1)
    nursery.warm_up(f"{warm}:open_dialog", order_ids=[order])
    nursery.warm_up(f"{warm}:send", order_ids=[order])
    return side
