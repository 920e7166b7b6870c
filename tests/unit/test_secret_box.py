"""Secrets at rest, and secrets on their way into a log."""

import logging
import os
import stat

import pytest

from tools.log_mask import MASK, SecretFilter, mask_login
from tools.secret_box import SecretBox, Unreadable, file_key, split_keys


def test_what_is_sealed_opens_with_the_key_and_with_no_other():
    sealed = SecretBox(["one"]).seal("hemligt ü")
    assert "hemligt" not in sealed
    assert SecretBox(["one"]).open(sealed) == "hemligt ü"
    assert SecretBox(["two", "one"]).open(sealed) == "hemligt ü"
    with pytest.raises(Unreadable):
        SecretBox(["two"]).open(sealed)
    with pytest.raises(Unreadable):
        SecretBox(["one"]).open("no token")


def test_the_same_secret_never_looks_the_same():
    box = SecretBox(["one"])
    assert box.seal("x") != box.seal("x")


def test_keys_are_read_as_a_list():
    assert split_keys(" new , old,, ") == ["new", "old"]
    assert split_keys(None) == []


def test_the_key_file_is_made_once_and_is_ours_alone(tmp_path):
    folder = tmp_path / "data"
    key = file_key(folder)
    assert len(key) >= 43
    assert file_key(folder) == key
    (path,) = folder.iterdir()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


class Call:
    def __init__(self, args, kwargs):
        self.args, self.kwargs = args, kwargs

    def __str__(self):
        return f"{self.args} {self.kwargs}"


def logged(*args):
    record = logging.LogRecord("x", logging.DEBUG, "x", 1, "%s", args, None)
    SecretFilter({"smtp_pass"}).filter(record)
    return record.getMessage()


def test_secrets_in_calls_are_masked_at_any_depth():
    text = logged(Call([{"smtp_pass": "S3cret", "name": "shown"}], {"vals": []}))
    assert "S3cret" not in text
    assert "shown" in text
    assert MASK in text
    assert "S3cret" not in logged(Call([], {"vals": [{"a": {"smtp_pass": "S3cret"}}]}))
    assert "False" in logged({"smtp_pass": False, "other": 1})


def test_logins_are_masked_in_conversations():
    assert "AHVzZXIA" not in logged("send: 'AUTH PLAIN AHVzZXIAcGFzcw==\\r\\n'")
    assert mask_login("AUTH XOAUTH2 dXNlcj0=") == f"AUTH XOAUTH2 {MASK}"
    assert mask_login("250-AUTH PLAIN LOGIN") != ""
