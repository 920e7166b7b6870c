"""Once per release: take a safety away and see that a test notices.

Run from the repository with the Python of the test environment, for instance
``python tests/outside/mutations/check.py``; names of mutations choose some of them.
Each is made in a copy of the project; the project itself is not touched.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SKIPPED = shutil.ignore_patterns(".git", "__pycache__", ".hypothesis", "node_modules")


@dataclass(frozen=True)
class Mutation:
    """A text to replace in a file, and the tests of which one must fail."""

    file: str
    text: str
    instead: str
    tests: tuple


MUTATIONS = {
    "data mark": Mutation(
        "outbox/courier.py",
        "if not self.worker.transact(lambda: delivery._mark_data(self.worker.number)):",
        "if not delivery:",
        ("test_a_worker_killed_while_the_server_is_at",),
    ),
    "skip locked": Mutation(
        "models/mailroom_delivery_queue.py",
        "LIMIT 1 FOR UPDATE SKIP LOCKED",
        "LIMIT 1 FOR UPDATE",
        ("test_a_row_that_somebody_holds_is_passed_over",),
    ),
    "unique key": Mutation(
        "models/mailroom_delivery.py",
        """_dedup_key_uniq = models.UniqueIndex(
        "(dedup_key) WHERE dedup_key IS NOT NULL",
        "This message is already on its way to this person.",
    )""",
        '_dedup_key_idx = models.Index("(dedup_key) WHERE dedup_key IS NOT NULL")',
        ("test_two_clicks_at_once_are_one_message",),
    ),
    "header re-parse": Mutation(
        "tools/message.py",
        "    verify(raw, outgoing)\n",
        "",
        ("test_message",),
    ),
    "company filter": Mutation(
        "models/ir_mail_server.py",
        "s.mailroom_company_id == wanted\n        )[:1]",
        "s.mailroom_company_id\n        )[:1]",
        ("test_each_company_s_mail_leaves_through_its_own_account_or_not_at_all",),
    ),
}


def say(text):
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def passes(folder, tests, mutation=None):
    """Run tests in a copy of the project, and tell whether all of them pass.

    :param pathlib.Path folder: where the copy is made
    :param tests: what ``bin/mailroom test`` calls them
    :param Mutation mutation: what to change first, if anything
    """
    copy = folder / "mailroom"
    shutil.copytree(ROOT, copy, ignore=SKIPPED)
    if mutation:
        file = copy / mutation.file
        text = file.read_text()
        if text.count(mutation.text) != 1:
            sys.exit(f"{mutation.file} no longer holds {mutation.text!r} once.")
        file.write_text(text.replace(mutation.text, mutation.instead))
    command = [sys.executable, str(copy / "bin" / "mailroom"), "test", *tests]
    done = subprocess.run(
        command, cwd=copy, check=False, capture_output=True, text=True
    )
    lines = done.stdout.splitlines()
    for line in lines:
        if line.startswith("FAILED"):
            say(f"    {line}")
    say(f"    {lines[-1] if lines else done.stderr[-500:]}")
    return done.returncode == 0


def main(names):
    """Check the mutations of these names, or all.

    :return: 0 when a test failed for each of them, and none without a mutation
    """
    chosen = {name: MUTATIONS[name] for name in names or MUTATIONS}
    tests = sorted({test for mutation in chosen.values() for test in mutation.tests})
    say("as it is:")
    with tempfile.TemporaryDirectory() as folder:
        if not passes(Path(folder), tests):
            return 1
    survivors = []
    for name, mutation in chosen.items():
        say(f"without {name}:")
        with tempfile.TemporaryDirectory() as folder:
            if passes(Path(folder), mutation.tests, mutation):
                survivors.append(name)
    say(f"unnoticed: {', '.join(survivors)}" if survivors else "all were noticed")
    return int(bool(survivors))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
