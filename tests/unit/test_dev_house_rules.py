"""The house's own checks."""

from dev.house_rules import Finding, check, forbidden, long_functions, too_long


def test_a_file_of_300_lines_is_the_longest():
    assert too_long("a.py", "x\n" * 300) == []
    assert too_long("a.py", "x\n" * 301) == [
        Finding("a.py:1", "301 lines, more than 300")
    ]


def test_a_function_of_40_lines_is_the_longest():
    body = "    x = 1\n"
    assert long_functions("a.py", f"def short():\n{body * 39}") == []
    (found,) = long_functions("a.py", f"x = 1\nasync def long():\n{body * 40}")
    assert str(found) == "a.py:2: long has 41 lines, more than 40"


def test_a_file_that_cannot_be_read_as_python_is_told():
    (found,) = long_functions("a.py", "def (:\n")
    assert "syntax error" in found.text


def test_hosts_of_archives_and_paths_of_a_machine_are_found():
    bad = [
        "http://deb" + ".debian.org/debian",
        "https://pypi" + ".org/simple",
        "https://registry.npm" + "js.org/x",
        "see /ro" + "ot/.cache",
        "cd /wo" + "rk/main",
        "open('/ho" + "me/anna/x')",
    ]
    for text in bad:
        assert forbidden("a.py", f"fine\n{text}\n")[0].place == "a.py:2", text


def test_ordinary_words_pass():
    text = "homework/main ./roots/x //a/work/ www.debian-mirror.example /var/log\n"
    assert forbidden("a.py", text) == []


def test_pictures_are_left_alone_and_texts_may_be_long(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\n" * 500)
    (tmp_path / "README.rst").write_text("x\n" * 500)
    (tmp_path / "a.py").write_text("x = 1\n" * 500)
    names = ["a.png", "README.rst", "a.py", "gone.py"]
    found = check(tmp_path, [tmp_path / name for name in names])
    assert [str(f) for f in found] == ["a.py:1: 500 lines, more than 300"]
