"""`bin/mailroom test`: all tests against fresh databases, or those that a tag names."""

import argparse
from concurrent.futures import ThreadPoolExecutor

from dev.environment import prepared
from dev.paths import ROOT
from dev.testing import odoo_run, pytest_run
from dev.testing.counts import Counts
from dev.testing.selection import select


def main(args: argparse.Namespace) -> int:
    """Run the tests; the last line counts them.

    :return: 0 when all passed, 1 when one failed or none ran.
    """
    chosen = select(ROOT, args.tags)
    counts = Counts()
    # Pure Python needs one processor; Odoo is installed on the other meanwhile.
    beside = chosen.odoo is not None
    with ThreadPoolExecutor(1) as pool:
        unit = None
        if chosen.unit is not None:
            unit = pool.submit(pytest_run.run, "unit", chosen.unit, beside=beside)
        if unit and not beside:
            unit.result()
        if chosen.odoo is not None or chosen.outside is not None:
            with prepared() as env:
                if chosen.odoo is not None:
                    counts += odoo_run.run(env, chosen.odoo, args.keep)
                if chosen.outside is not None:
                    counts += pytest_run.run("outside", chosen.outside, args.keep)
        if unit:
            counts += unit.result()
    print(counts, flush=True)
    return 0 if counts.passed and not counts.failed else 1
