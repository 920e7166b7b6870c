"""Nothing inside the network can be reached unless an administrator says so (R16)."""

import socket

import pytest

from tools import address_guard
from tools.address_guard import (
    SMTP_PORTS,
    BlockedAddress,
    NetworkError,
    is_public,
    is_within,
    parse_networks,
    resolve,
)

BLOCKED = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "4000::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
PUBLIC = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
]


@pytest.mark.parametrize("address", BLOCKED)
def test_blocked(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address):
    assert is_public(address)


@pytest.fixture
def names(monkeypatch):
    """Name → addresses, instead of the resolver."""
    table = {}

    def look_up(host, port, type):
        if host not in table:
            raise socket.gaierror(-2, "unknown")
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, type, 6, "", (ip, port))
            for ip in table[host]
        ]

    monkeypatch.setattr(address_guard.socket, "getaddrinfo", look_up)
    return table


def test_every_address_is_returned_in_order(names):
    names["mail.test"] = ["2606:4700::1111", "1.1.1.1"]
    assert resolve("mail.test", 587) == [
        (socket.AF_INET6, ("2606:4700::1111", 587)),
        (socket.AF_INET, ("1.1.1.1", 587)),
    ]


@pytest.mark.parametrize("bad", ["10.0.0.1", "::1", "169.254.169.254"])
def test_one_bad_address_of_two_blocks_the_name(names, bad):
    names["mail.test"] = ["1.1.1.1", bad]
    with pytest.raises(BlockedAddress) as caught:
        resolve("mail.test", 587)
    assert (caught.value.host, caught.value.address) == ("mail.test", bad)
    assert caught.value.reason == "blocked_address"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "localhost",
        "::1",
        "::ffff:127.0.0.1",
        "169.254.169.254",
        "2852039166",
    ],
)
def test_every_way_to_write_an_inner_address_is_blocked(host):
    with pytest.raises(BlockedAddress):
        resolve(host, 25)


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "a..b",
        "mail.test\r\nX: y",
        "mail test",
        "user@mail.test",
        "http://mail.test",
        "mail.test/x",
        "mail.test?x",
        "[::1]",
        "mail\x00.test",
        "x" * 64 + ".test",
        "x" * 300,
        "ü" * 70 + ".test",
        "\u2028",
    ],
)
def test_what_is_no_host_is_not_looked_up(names, host):
    with pytest.raises(BlockedAddress):
        resolve(host, 587)


def test_international_names_are_looked_up_in_wire_form(names):
    names["xn--bcher-kva.test"] = ["1.1.1.1"]
    assert resolve("Bücher.test", 587)


def test_an_unknown_name_is_no_blocked_one(names):
    with pytest.raises(socket.gaierror):
        resolve("unknown.test", 587)


@pytest.mark.parametrize("port", [22, 80, 443, 5432, 6379, 0, 65535])
def test_other_ports_are_closed_without_a_lookup(names, port):
    with pytest.raises(BlockedAddress):
        resolve("unknown.test", port)


@pytest.mark.parametrize("port", sorted(SMTP_PORTS))
def test_mail_ports_are_open(names, port):
    names["mail.test"] = ["1.1.1.1"]
    assert resolve("mail.test", port)[0][1] == ("1.1.1.1", port)


def test_an_allowed_network_opens_its_addresses_and_ports_and_no_others(names):
    allowed = parse_networks("10.1.0.0/16")
    names.update(inner=["10.1.2.3"], other=["10.2.0.1"], mixed=["10.1.2.3", "1.1.1.1"])
    assert resolve("inner", 2500, allowed)
    assert resolve("mixed", 25, allowed)
    for host, port in (("other", 25), ("mixed", 2500)):
        with pytest.raises(BlockedAddress):
            resolve(host, port, allowed)


def test_mapped_addresses_belong_to_the_network_they_mean():
    assert is_within("::ffff:10.1.2.3", parse_networks("10.0.0.0/8"))
    assert not is_within("10.1.2.3", parse_networks("fd00::/8"))


def test_parse_networks():
    networks = parse_networks(" 10.0.0.0/8, 192.168.1.5;fd00::/8\n::1 ")
    assert [str(network) for network in networks] == [
        "10.0.0.0/8",
        "192.168.1.5/32",
        "fd00::/8",
        "::1/128",
    ]
    assert parse_networks("") == parse_networks(None) == ()


@pytest.mark.parametrize("text", ["10.0.0.1/8", "10.0.0", "localhost", "10.0.0.0/33"])
def test_what_is_no_network_is_named(text):
    with pytest.raises(NetworkError) as caught:
        parse_networks(f"::1, {text}")
    assert caught.value.text == text
