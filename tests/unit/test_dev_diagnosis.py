"""One line for a person instead of a program's output."""

import pytest

from dev.diagnosis import explain


@pytest.mark.parametrize(
    ("output", "cause", "advice"),
    [
        ("tar: write error: No space left on device", "disk is full", "MAILROOM_HOME"),
        ("npm error code ENOSPC", "disk is full", "MAILROOM_HOME"),
        ("W: Temporary failure resolving 'mirror.example'", "network", "proxy"),
        ("fatal: Could not resolve host: git.example", "network", "proxy"),
        ("Failed to establish a new connection: [Errno 111]", "network", "proxy"),
        ("npm error code ECONNREFUSED", "network", "proxy"),
        ("mkdir: cannot create directory: Permission denied", "permission", "owner"),
    ],
)
def test_a_known_cause_is_named_with_what_to_do(output, cause, advice):
    line = explain("Getting Odoo", f"first\n{output}\nlast", "/tmp/x.log")
    assert line.startswith("Getting Odoo failed: ")
    assert cause in line
    assert advice in line
    assert "\n" not in line


def test_an_unknown_cause_shows_the_last_line_and_the_log():
    line = explain("Installing", "working\nE: broken pipe of smoke\n\n", "/tmp/x.log")
    assert line == "Installing failed: E: broken pipe of smoke (details: /tmp/x.log)."


def test_silence_is_told_as_such():
    assert "no output" in explain("Installing", "", "/tmp/x.log")
