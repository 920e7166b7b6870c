"""Reading the machine's own apt sources."""

from dev.apt_sources import Source, find, parse_deb822, parse_list

KEY = "/usr/share/keyrings/debian-archive-keyring.gpg"
DEB822 = f"""\
Types: deb
# a comment between two fields
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: {KEY}

Types: deb deb-src
URIs: http://mirror.example/debian-security http://second.example/security
Suites: bookworm-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mDMEY865UxYJKwYBBAHaRw8BAQdAd7Z0srwuhlB6JKFkcf4HU4SSS
 -----END PGP PUBLIC KEY BLOCK-----

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm

Types: deb-src
URIs: http://source.example/debian
Suites: bookworm
"""


def test_one_line_style_with_and_without_options():
    text = (
        "# deb http://commented.example/debian bookworm main\n"
        "deb http://plain.example/debian bookworm main contrib # why\n"
        f"deb [arch=amd64 signed-by={KEY}] http://signed.example/debian sid main\n"
        "deb-src http://source.example/debian bookworm main\n"
        "\n"
        "nonsense\n"
    )
    assert parse_list(text) == [
        Source("http://plain.example/debian", ("bookworm",), ""),
        Source("http://signed.example/debian", ("sid",), KEY),
    ]


def test_deb822_style_skips_disabled_and_source_archives():
    sources = parse_deb822(DEB822)
    assert [source.uri for source in sources] == [
        "http://mirror.example/debian",
        "http://mirror.example/debian-security",
        "http://second.example/security",
    ]
    assert sources[0].suites == ("bookworm", "bookworm-updates")
    assert sources[0].signed_by == KEY


def test_find_takes_the_exact_suite_and_not_the_security_archive():
    sources = parse_deb822(DEB822)[::-1]
    assert find(sources, "bookworm").uri == "http://mirror.example/debian"


def test_find_does_not_take_an_embedded_key_for_a_path():
    assert find(parse_deb822(DEB822), "bookworm-security").signed_by == ""


def test_find_leaves_out_what_cannot_be_fetched_over_the_network():
    cdrom = Source("cdrom:[Debian 12]/", ("bookworm",))
    assert find([cdrom], "bookworm") is None
    assert find([], "bookworm") is None


def test_an_empty_file_names_nothing():
    assert parse_list("") == []
    assert parse_deb822("") == []
