"""Reading Odoo's log: what counts as a test, and what fails a run."""

from dev.testing import odoo_log
from dev.testing.counts import Counts

HEAD = "2026-01-02 03:04:05,678 42 {} db odoo.addons.mailroom.{}: {}"


def line(level, text, logger="tests.test_x"):
    return HEAD.format(level, logger, text) + " "


LOG = "\n".join(
    [
        line("INFO", "Starting TestA.test_good ..."),
        line("INFO", "Starting TestA.test_bad ..."),
        line("INFO", "=" * 70),
        line("ERROR", "FAIL: Subtest TestA.test_bad (x=1)"),
        "Traceback (most recent call last):",
        "AssertionError: 1 != 3",
        line("ERROR", "FAIL: Subtest TestA.test_bad (x=2)"),
        line("INFO", "Starting TestA.test_broken ..."),
        line("ERROR", "ERROR: TestA.test_broken"),
        line("INFO", "Starting TestA.test_later ..."),
        line("INFO", "skipped TestA.test_later : not here"),
        line("WARNING", "something odd", "models.sale_order"),
        line("ERROR", "2 failed, 1 error(s) of 4 tests when loading database 'db'"),
    ]
)


def test_counting_takes_a_test_with_two_bad_parts_once():
    assert odoo_log.count(odoo_log.parse(LOG)) == Counts(1, 2, 1)


def test_a_broken_class_counts_as_a_failure():
    log = line("ERROR", "ERROR: setUpClass (odoo.addons.mailroom.tests.test_x.TestA)")
    assert odoo_log.count(odoo_log.parse(log)) == Counts(0, 1, 0)


def test_a_record_keeps_its_traceback():
    record = odoo_log.parse(LOG)[3]
    assert record.level == "ERROR"
    assert record.text.endswith("AssertionError: 1 != 3")
    assert "Traceback" in str(record)


def test_coloured_logs_are_read_as_well():
    coloured = line("INFO", "x").replace("INFO", "\x1b[1;32m\x1b[1;49mINFO\x1b[0m")
    assert odoo_log.parse(coloured)[0].level == "INFO"


def test_warnings_and_errors_are_trouble():
    levels = [r.level for r in odoo_log.trouble(odoo_log.parse(LOG), [])]
    assert levels.count("ERROR") == 4
    assert levels.count("WARNING") == 1


def test_a_listed_warning_is_no_trouble_but_an_error_always_is():
    allowed = odoo_log.allowed_patterns(
        "# harmless: says so itself\nmodels\\.sale_order: something\n\nFAIL: .*\n"
    )
    levels = [r.level for r in odoo_log.trouble(odoo_log.parse(LOG), allowed)]
    assert set(levels) == {"ERROR"}
    assert len(allowed) == 2


def test_the_closing_error_only_repeats_the_others():
    records = odoo_log.parse(LOG)
    assert odoo_log.is_summary(records[-1])
    assert not odoo_log.is_summary(records[3])


def test_every_allowed_warning_of_the_project_says_why():
    lines = odoo_log.ALLOWED.read_text().splitlines()
    patterns = [n for n, text in enumerate(lines) if text and text[0] != "#"]
    for number in patterns:
        assert lines[number - 1].startswith("#"), lines[number]
    assert len(odoo_log.allowed_patterns("\n".join(lines))) == len(patterns)
