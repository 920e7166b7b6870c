"""The closing line of a test run."""

from dev.testing.counts import Counts, from_junit

JUNIT = """<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3"
tests="10"/></testsuites>"""


def test_the_line_has_the_form_that_programs_look_for():
    assert str(Counts(12, 0)) == "12 passed, 0 failed"
    assert str(Counts(1, 2, 3)) == "1 passed, 2 failed, 3 skipped"


def test_counts_add_up():
    assert Counts(1, 2, 3) + Counts(10, 20, 30) == Counts(11, 22, 33)


def test_errors_count_as_failures(tmp_path):
    file = tmp_path / "junit.xml"
    file.write_text(JUNIT)
    assert from_junit(file) == Counts(4, 3, 3)


def test_a_run_that_left_no_report_has_failed(tmp_path):
    assert from_junit(tmp_path / "missing.xml") == Counts(failed=1)
