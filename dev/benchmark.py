"""Run one benchmark file and print its table.

A benchmark is a Python file with `main(env) -> Table`, `env` being the
:class:`dev.environment.Environment` with a running database server.
"""

import importlib.util
import sys
from dataclasses import dataclass, field
from pathlib import Path

from dev.environment import prepared


@dataclass
class Table:
    """Figures to print: a title, the names of the columns, and the rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple] = field(default_factory=list)

    def __str__(self) -> str:
        rows = [self.columns, *(tuple(map(_text, row)) for row in self.rows)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(self.columns))]
        lines = [
            "  ".join(_pad(cell, width, i) for i, (cell, width) in _cells(row, widths))
            for row in rows
        ]
        return "\n".join([self.title, *lines])


def _text(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _cells(row: tuple[str, ...], widths: list[int]):
    return enumerate(zip(row, widths, strict=True))


def _pad(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column == 0 else cell.rjust(width)


def run(file: Path) -> Table:
    """Load a benchmark from its file and run it."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with prepared() as env:
        return module.main(env)


if __name__ == "__main__":
    print(run(Path(sys.argv[1])))
