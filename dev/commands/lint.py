"""`bin/mailroom lint`: all linters; warnings are errors."""

import argparse
import time

from dev.linting import linters
from dev.progress import say


def main(args: argparse.Namespace) -> int:
    """Run the linters one after the other.

    :return: 0 when none found anything, else 1.
    """
    failed = []
    for linter in linters(args.fix):
        began = time.monotonic()
        problems = linter.run()
        word = "FAILED" if problems else "ok"
        say(f"{linter.name}: {word} ({time.monotonic() - began:.1f} s)")
        if problems:
            failed.append(linter.name)
    print(f"lint: {'failed: ' + ', '.join(failed) if failed else 'clean'}")
    return 1 if failed else 0
