"""`bin/mailroom psql`: open psql on the demo database."""

import argparse
import os
import shutil
import subprocess

from dev.environment import prepared
from dev.postgres_binaries import binary


def main(args: argparse.Namespace) -> int:
    """Run psql and return its exit status."""
    with prepared() as env:
        program = shutil.which("psql") or str(binary("psql"))
        if env.server.embedded:
            program = str(binary("psql"))
        statement = ["-c", args.sql] if args.sql else []
        return subprocess.run(
            [program, "-d", args.db, *statement],
            env={**os.environ, **env.server.environment()},
            check=False,
        ).returncode
