"""How many tests passed, failed and were skipped."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Counts:
    """Result of a run; `failed` includes tests that ended with an error."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        line = f"{self.passed} passed, {self.failed} failed"
        return f"{line}, {self.skipped} skipped" if self.skipped else line


def from_junit(file: Path) -> Counts:
    """Read the counts from a JUnit XML file.

    :param file: as written by `pytest --junit-xml`.
    :return: the counts; a missing file means the run broke and counts as a failure.
    """
    if not file.is_file():
        return Counts(failed=1)
    suites = list(ElementTree.parse(file).getroot().iter("testsuite"))

    def total(name: str) -> int:
        return sum(int(suite.get(name, 0)) for suite in suites)

    failed = total("failures") + total("errors")
    skipped = total("skipped")
    return Counts(max(0, total("tests") - failed - skipped), failed, skipped)
