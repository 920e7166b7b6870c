"""Folders and locks that survive two commands at the same time."""

import multiprocessing
import time

import pytest

from dev.errors import Stop
from dev.folders import check_space, complete
from dev.locks import exclusive


def _add_line(lock, file):
    with exclusive(lock, "adding a line"):
        text = file.read_text()
        time.sleep(0.02)
        file.write_text(f"{text}x")


def test_only_one_process_holds_a_lock(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    arguments = (tmp_path / "locks" / "lock", file)
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add_line, args=arguments) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert file.read_text() == "xxx"


def test_a_folder_appears_only_when_it_is_complete(tmp_path):
    target = tmp_path / "thing"
    with complete(target) as folder:
        (folder / "file").write_text("1")
        assert not target.exists()
    assert (target / "file").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["thing"]


def test_a_failure_leaves_the_old_folder_and_nothing_else(tmp_path):
    target = tmp_path / "thing"
    with complete(target) as folder:
        (folder / "file").write_text("old")
    with pytest.raises(ValueError, match="broken"), complete(target) as folder:
        (folder / "file").write_text("new")
        raise ValueError("broken")
    assert (target / "file").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["thing"]


def test_a_full_disk_is_told_before_the_work_begins(tmp_path):
    check_space(tmp_path, needed=1)
    with pytest.raises(Stop, match="GB are needed.*MAILROOM_HOME"):
        check_space(tmp_path, needed=10**18)
