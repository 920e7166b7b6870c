"""The address of an SMS gateway: which ones may be used at all (rule R16)."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from .address_guard import is_within, resolve
from .smtp_error import SessionRefused

#: Ports a gateway on the public internet may have; services with other tasks never.
HTTP_PORTS = frozenset({443, 8443})
_DEFAULT_PORTS = {"https": 443, "http": 80}
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\\"<>^`|\u2028\u2029]")
_TAG = "{user}"


class GatewayUrlError(ValueError):
    """A text cannot be the address of a gateway.

    :ivar str code: ``empty``, ``unfit``, ``scheme``, ``user``, ``host`` or ``port``
    :ivar str text: what was given, without a user name and password in it
    """

    def __init__(self, code, text):
        shown = re.sub(r"//[^/@]*@", "//…@", str(text))[:200]
        super().__init__(f"{code}: {shown}")
        self.code = code
        self.text = shown


@dataclass(frozen=True)
class GatewayUrl:
    """An address taken apart; ``target`` is path and query as they go on the wire."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self):
        """What stands in the ``Host`` header (RFC 9110 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == _DEFAULT_PORTS[self.scheme]
        return host if usual else f"{host}:{self.port}"


def parse_url(text, user=""):
    """Take the address of a gateway apart.

    :param str text: ``https://…``; ``{user}`` in it stands for the user name
    :param str user: user name of the account
    :rtype: GatewayUrl
    :raise GatewayUrlError: for anything that is no plain web address
    """
    url = str(text or "").strip()
    if not url:
        raise GatewayUrlError("empty", url)
    if _UNFIT.search(url):
        raise GatewayUrlError("unfit", url)
    url = url.replace(_TAG, quote(user or "", safe=""))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise GatewayUrlError("port", url) from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise GatewayUrlError("scheme", url)
    if "@" in parts.netloc:
        raise GatewayUrlError("user", url)
    if not parts.hostname:
        raise GatewayUrlError("host", url)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    target = f"{path}?{query}" if query else path
    port = _DEFAULT_PORTS[parts.scheme] if port is None else port
    return GatewayUrl(parts.scheme, parts.hostname, port, target)


@dataclass(frozen=True)
class Guard:
    """Says which addresses may be connected to.

    :ivar tuple allowed: networks a system administrator allows although they are not
        public, see ``address_guard.parse_networks``
    """

    allowed: tuple = ()

    def targets(self, url):
        """Look a gateway up.

        :param GatewayUrl url: where it is
        :return: as ``address_guard.resolve``: connect to these and to nothing else
        :raise BlockedAddress: for a host or port that is off limits
        :raise SessionRefused: for plain http over the public internet
        :raise socket.gaierror: when the name cannot be looked up
        """
        targets = resolve(url.host, url.port, self.allowed, HTTP_PORTS)
        private = all(is_within(target[1][0], self.allowed) for target in targets)
        if url.scheme == "http" and not private:
            raise SessionRefused("gateway_plain", url.host)
        return targets
