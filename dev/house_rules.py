"""The house's own checks: sizes, and what must not be written into the project."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
CODE = (".py", ".js", ".xml", ".scss", ".css", "")
# Put together from pieces, so that this file passes its own check.
FORBIDDEN = {
    "a package archive's host": re.compile(
        r"\b(?:deb|security|snapshot|ftp[.\w]*)\.debian" + r"\.org\b"
        r"|\b(?:files\.python" + r"hosted|pypi)\.org\b"
        r"|\bregistry\.npm" + r"js\.org\b|\bdeb\.node" + r"source\.com\b"
        r"|\barchive\.ubun" + r"tu\.com\b"
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.])/(?:work|ro" + r"ot|home/\w+)/[\w.]"
    ),
}
UNCHECKED = (".png", ".jpg", ".gif", ".ico", ".pdf", ".woff2", ".mo", ".svg")


@dataclass(frozen=True)
class Finding:
    """Something that breaks a rule: `place` is file:line."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def check(root: Path, files: list[Path]) -> list[Finding]:
    """Check files against the house rules.

    :param root: the repository, for short names.
    :param files: those that belong to the project.
    :return: what is wrong, in the order of the files.
    """
    findings = []
    for file in files:
        if file.suffix in UNCHECKED or not file.is_file():
            continue
        text = file.read_text(errors="replace")
        name = str(file.relative_to(root))
        findings += forbidden(name, text)
        if _is_code(name, file.suffix):
            findings += too_long(name, text)
        if file.suffix == ".py":
            findings += long_functions(name, text)
    return findings


def _is_code(name: str, suffix: str) -> bool:
    return suffix in CODE and not name.startswith(("LICENSE", "static/lib/"))


def forbidden(name: str, text: str) -> list[Finding]:
    """Find words that would tie the project to one machine."""
    findings = []
    for number, line in enumerate(text.splitlines(), 1):
        findings += [
            Finding(f"{name}:{number}", f"names {what}")
            for what, pattern in FORBIDDEN.items()
            if pattern.search(line)
        ]
    return findings


def too_long(name: str, text: str) -> list[Finding]:
    """Find files with more lines than one reason to exist can need."""
    lines = len(text.splitlines())
    if lines <= LONGEST_FILE:
        return []
    return [Finding(f"{name}:1", f"{lines} lines, more than {LONGEST_FILE}")]


def long_functions(name: str, text: str) -> list[Finding]:
    """Find functions and methods that are too long to be read at once."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        return [Finding(f"{name}:{error.lineno}", f"syntax error: {error.msg}")]
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        Finding(
            f"{name}:{node.lineno}",
            f"{node.name} has {_length(node)} lines, more than {LONGEST_FUNCTION}",
        )
        for node in ast.walk(tree)
        if isinstance(node, functions) and _length(node) > LONGEST_FUNCTION
    ]


def _length(node: ast.stmt) -> int:
    return node.end_lineno - node.lineno + 1
