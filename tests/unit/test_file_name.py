"""File names can be unpacked anywhere."""

import io
import pathlib
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.file_name import NAME_LIMIT, safe_file_name


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("INV/2025/0001", "INV-2025-0001.pdf"),
        ("S00042", "S00042.pdf"),
        ("S00042.pdf", "S00042.pdf"),
        ("S00042.PDF", "S00042.pdf"),
        ("../../../etc/passwd.pdf", "etc-passwd.pdf"),
        ("..\\..\\win.ini", "win.ini.pdf"),
        ("C:\\boot", "C -boot.pdf"),
        ("/etc/shadow", "etc-shadow.pdf"),
        ("gpj\u202efdp.exe", "gpj fdp.exe.pdf"),
        ("CON", "_CON.pdf"),
        ("con.pdf", "_con.pdf"),
        ("Lpt1.old", "_Lpt1.old.pdf"),
        ("aux .txt", "_aux .txt.pdf"),
        ("CONTRACT", "CONTRACT.pdf"),
        ("Facture 12\u202f320,00\xa0€", "Facture 12 320,00.pdf"),
        (", a,", "a.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "document.pdf"),
        ("-rf", "rf.pdf"),
        ("a\r\nb", "a b.pdf"),
        ("a\x00b", "a b.pdf"),
        ('<b>"x"|?*:', "b x.pdf"),
        ("Angebot (neu) & mehr", "Angebot neu mehr.pdf"),
        ("Größe 北京 Ελλάδα", "Größe 北京 Ελλάδα.pdf"),
        ("u\u0308ber", "über.pdf"),
        ("\u3164\u115f", "document.pdf"),
        ("", "document.pdf"),
        (None, "document.pdf"),
        ("x" * 400, "x" * 95 + ".pdf"),
    ],
)
def test_a_pdf(typed, safe):
    assert safe_file_name(typed) == safe


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("logo.png", "logo.png"),
        ("no extension", "no extension"),
        ("../a.b.tar.gz", "a.b.tar.gz"),
        ("nul.txt", "_nul.txt"),
        ("x" * 400, "x" * 99),
        ("x" * 400 + ".xml", "x" * 95 + ".xml"),
    ],
)
def test_its_own_extension(typed, safe):
    assert safe_file_name(typed, "") == safe


@settings(max_examples=700)
@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("./\\ \r\n:\u202e")), max_size=300
    ),
    st.sampled_from(["", ".pdf", ".ics"]),
)
def test_any_name_is_safe_and_stays_as_it_is(text, extension):
    name = safe_file_name(text, extension)
    assert name.endswith(extension)
    assert 1 <= len(name) <= NAME_LIMIT
    assert len(name.encode()) <= 255
    assert name[0] not in ". ,-" and name[-1] not in ". ,-"
    for char in name:
        assert char in " .,_-" or unicodedata.category(char)[0] in "LMN"
    assert safe_file_name(name, extension) == name


def test_a_hundred_tricks_unpack_inside_their_folder(tmp_path):
    tricks = [
        "../up",
        "..\\up",
        "/abs",
        "C:/x",
        "a/../../b",
        "con",
        ".",
        "..",
        "~/.ssh",
    ]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        for index in range(100):
            name = f"{tricks[index % len(tricks)]}{index}"
            writer.writestr(safe_file_name(name), b"x")
    target = tmp_path / "inner"
    with zipfile.ZipFile(archive) as reader:
        names = reader.namelist()
        for name in names:
            (target / name).parent.mkdir(exist_ok=True)
            (target / name).write_bytes(reader.read(name))
    assert len(set(names)) == 100
    assert {path.parent for path in tmp_path.rglob("*.pdf")} == {pathlib.Path(target)}
