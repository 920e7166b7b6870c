"""Read a log of Odoo: count its tests and find the lines that must not be there."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from dev.testing.counts import Counts

LINE = re.compile(
    r"^(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+) (?P<pid>\d+) (?P<level>[A-Z]+) "
    r"(?P<database>\S+) (?P<logger>[\w.]+): (?P<text>.*)$"
)
TROUBLE = ("WARNING", "ERROR", "CRITICAL")
STARTED = re.compile(r"^Starting (?P<test>\w+\.\w+)(?: .*)?\.\.\.$")
SKIPPED = re.compile(r"^skipped (?P<test>\w+\.\w+)")
FAILED = re.compile(r"^(?:FAIL|ERROR): (?:Subtest )?(?P<test>\w+(?:\.\w+)*)")
SUMMARY = re.compile(
    r"^(?:Module \w+: \d+ failures, \d+ errors of"
    r"|At least one test failed|\d+ failed, \d+ error\(s\) of)"
)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
ALLOWED = Path(__file__).with_name("allowed_warnings.txt")
LONGEST_RECORD = 40


@dataclass
class Record:
    """One entry of the log: its first line's parts and all lines below it."""

    level: str
    logger: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The message with its traceback."""
        return "\n".join(self.lines)

    def __str__(self) -> str:
        shown = self.lines[:LONGEST_RECORD]
        return f"{self.level} {self.logger}: " + "\n".join(shown)


def parse(text: str) -> list[Record]:
    """Split a log into records; lines without a header belong to the one above."""
    records = []
    # Odoo puts a blank at the end of each first line.
    for line in map(str.rstrip, COLOURS.sub("", text).splitlines()):
        if match := LINE.match(line):
            records.append(Record(match["level"], match["logger"], [match["text"]]))
        elif records:
            records[-1].lines.append(line)
    return records


def allowed_patterns(text: str) -> list[re.Pattern]:
    """Read the list of harmless warnings.

    :param text: one regular expression per line, matched against "logger: message";
        lines that begin with # say why the next one is harmless.
    """
    lines = (line.strip() for line in text.splitlines())
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


def trouble(records: list[Record], allowed: list[re.Pattern]) -> list[Record]:
    """Return the records that fail a run.

    :param allowed: patterns for warnings that are known and harmless; an error is
        never harmless.
    """
    return [
        record
        for record in records
        if record.level in TROUBLE and not _is_allowed(record, allowed)
    ]


def unexpected(log: Path) -> list[Record]:
    """Return the records of a log file that fail a run."""
    records = parse(log.read_text(errors="replace"))
    return trouble(records, allowed_patterns(ALLOWED.read_text()))


def _is_allowed(record: Record, allowed: list[re.Pattern]) -> bool:
    whole = f"{record.logger}: {record.text}"
    return record.level == "WARNING" and any(p.search(whole) for p in allowed)


def is_summary(record: Record) -> bool:
    """Tell whether an error only repeats that tests above it failed."""
    return bool(SUMMARY.search(record.lines[0]))


def count(records: list[Record]) -> Counts:
    """Count tests by name: a test with two failing parts is one failed test."""
    started = [m["test"] for r in records if (m := STARTED.match(r.lines[0]))]
    skipped = {m["test"] for r in records if (m := SKIPPED.match(r.lines[0]))}
    failed = {
        m["test"]
        for r in records
        if r.level == "ERROR" and (m := FAILED.match(r.lines[0]))
    }
    passed = len(set(started) - failed - skipped)
    return Counts(passed, len(failed), len(skipped))
