"""Which network addresses may be connected to on behalf of a user (rule R16)."""

import ipaddress
import re
import socket

import idna

from .smtp_error import SessionRefused

SMTP_PORTS = frozenset({25, 465, 587, 2525})

# IANA's special-purpose registries. Written out, because ``is_global`` of the standard
# library has meant different things in different releases.
_BLOCKED_4 = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
# Of IPv6 only this is public, and in it these are not: protocol assignments with
# Teredo, documentation, 6to4 (which hides an IPv4 address), documentation again.
_PUBLIC_6 = ipaddress.ip_network("2000::/3")
_BLOCKED_6 = [
    ipaddress.ip_network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
# Here the last 32 bits are an IPv4 address that is really meant (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_HOST = re.compile(r"[A-Za-z0-9_.:%-]{1,253}")


class BlockedAddress(SessionRefused):
    """A host or port that must not be connected to.

    :ivar str host: the host as it was given
    :ivar str address: the address it has, or empty when it was not even looked up
    """

    def __init__(self, host, address=""):
        super().__init__("blocked_address", f"{host} {address}".strip()[:200])
        self.host = host
        self.address = address


class NetworkError(ValueError):
    """A text is no network.

    :ivar str text: the piece that is none
    """

    def __init__(self, text):
        super().__init__(text)
        self.text = text


def parse_networks(text):
    """Read the networks an administrator allows.

    :param str text: addresses and networks in CIDR form, separated by commas,
        semicolons or blanks; or a falsy value
    :rtype: tuple[ipaddress.IPv4Network or ipaddress.IPv6Network]
    :raise NetworkError: for a piece that is none, or whose host bits are set
    """
    networks = []
    for piece in re.split(r"[,;\s]+", text or ""):
        try:
            networks += [ipaddress.ip_network(piece)] if piece else []
        except ValueError as error:
            raise NetworkError(piece) from error
    return tuple(networks)


def resolve(host, port, allowed=(), ports=SMTP_PORTS):
    """Look a host up and refuse it unless every address it has may be reached.

    Connect to what is returned, never to the name again: a second look-up can answer
    differently.

    :param str host: name or address
    :param int port: must be one of ``ports``, unless ``allowed`` holds all addresses
    :param allowed: networks that are reachable although they are not public
    :return: family and socket address of each, in the resolver's order
    :rtype: list[tuple[int, tuple]]
    :raise BlockedAddress: for a host, address or port that is off limits
    :raise socket.gaierror: when the name cannot be looked up
    """
    name = _wire_name(host)
    if not allowed and port not in ports:
        raise BlockedAddress(host)
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    for *_rest, (address, *_port) in found:
        within = is_within(address, allowed)
        if not within and (port not in ports or not is_public(address)):
            raise BlockedAddress(host, address)
    return [(family, sockaddr) for family, *_rest, sockaddr in found]


def is_public(address):
    """Tell whether an address belongs to the public internet.

    :param str address: IPv4 or IPv6, with or without zone
    :rtype: bool
    """
    ip = _meant(address)
    if ip.version == 4:
        return not any(ip in network for network in _BLOCKED_4)
    return ip in _PUBLIC_6 and not any(ip in network for network in _BLOCKED_6)


def is_within(address, networks):
    """Tell whether an address lies in one of the networks.

    :param str address: IPv4 or IPv6, with or without zone
    :param networks: result of ``parse_networks``
    :rtype: bool
    """
    ip = _meant(address)
    return any(ip.version == network.version and ip in network for network in networks)


def _meant(address):
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip in _TRANSLATED:
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def _wire_name(host):
    try:
        ascii_host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except UnicodeError as error:
        raise BlockedAddress(host) from error
    labels = ascii_host.rstrip(".").split(".")
    # The resolver's own encoder breaks on empty and overlong labels.
    if not _HOST.fullmatch(ascii_host) or any(not 0 < len(x) < 64 for x in labels):
        raise BlockedAddress(host)
    return ascii_host
