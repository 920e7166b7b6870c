"""One strict reader of e-mail addresses: an address is taken as typed or refused.

A repaired address may be somebody else's, so nothing is ever guessed.
"""

import re
from dataclasses import dataclass, replace

from .domain import DomainError, ascii_domain
from .header import CONTROL, clean_name

#: Why a text is not one address.
ADDRESS_CODES = (
    "empty",
    "no_at",
    "several",
    "spaces",
    "control",
    "no_local",
    "local_too_long",
    "bad_local",
    "non_ascii_local",
    "no_domain",
    "no_dot",
    "literal",
    "domain_too_long",
    "label_too_long",
    "bad_domain",
    "too_long",
)

LOCAL_LIMIT = 64
# A path of 256 octets, less its angle brackets (RFC 5321 4.5.3.1.3).
ADDRESS_LIMIT = 254
TEXT_LIMIT = 1000

_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOT_ATOM = re.compile(rf"{_ATEXT}(?:\.{_ATEXT})*")
# Only what needs a backslash may have one, so that an address has one spelling.
_QUOTED = r'"(?:[ !#-\[\]-~]|\\["\\])+"'
_QUOTED_LOCAL = re.compile(_QUOTED)
_ANY_QUOTED = r'"(?:[^"\\]|\\.)*"'
_NAMED = re.compile(
    rf"(?P<name>(?:{_ANY_QUOTED}|[^<>\"])*)<(?P<spec>(?:{_ANY_QUOTED}|[^<>\"])*)>"
)
_SPECIALS = re.compile(r'[()<>\[\]:;@\\,."]')


@dataclass(frozen=True)
class Address:
    """A checked address. ``local`` is as typed, ``domain`` in lower-case ASCII."""

    name: str
    local: str
    domain: str

    @property
    def email(self):
        """The bare address, as it goes into ``RCPT TO``."""
        return f"{self.local}@{self.domain}"

    def named(self, name):
        """Give the same address with another display name."""
        return replace(self, name=clean_name(name))


class AddressError(ValueError):
    """A text is not one address.

    :ivar str text: the text as it was given
    :ivar str code: one of ``ADDRESS_CODES``
    """

    def __init__(self, text, code):
        super().__init__(code)
        self.text = text
        self.code = code


def parse_address(text):
    """Read one address, alone or as ``Name <address>``.

    :param str text: what was typed, or a falsy value
    :return: the address; spaces around it are the only thing taken away
    :rtype: Address
    :raise AddressError: unless it is exactly one address with a dot-atom or quoted
        local part in ASCII and a domain name (RFC 5321 4.1.2, RFC 5322 3.4.1)
    """
    text = str(text or "")
    stripped = text.strip(" \u00a0")
    try:
        return _parse(stripped)
    except DomainError as error:
        raise AddressError(text, error.code) from error
    except _Refused as error:
        raise AddressError(text, str(error)) from None


def split_addresses(text):
    """Read a list of addresses separated by commas or semicolons.

    :param str text: what was typed in one field, or a falsy value
    :return: the addresses in order, each once (compared without case), and one error
        for each piece that is not an address
    :rtype: tuple[list[Address], list[AddressError]]
    """
    addresses, errors = {}, []
    for piece in filter(str.strip, _pieces(str(text or ""))):
        try:
            address = parse_address(piece)
        except AddressError as error:
            errors.append(error)
        else:
            addresses.setdefault(address.email.casefold(), address)
    return list(addresses.values()), errors


def format_address(name, email):
    """Write ``Name <address>`` for people and for ``parse_address``.

    :param str name: display name, or a falsy value
    :param str email: a checked bare address
    :return: the name quoted where it must be, in Unicode (not ready for a header)
    :rtype: str
    """
    name = clean_name(name)
    if not name:
        return email
    if _SPECIALS.search(name):
        name = '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))
    return f"{name} <{email}>"


def _pieces(text):
    """Cut at commas and semicolons outside quotes and angle brackets."""
    start, quoted, angle, escaped = 0, False, False, False
    for index, char in enumerate(text):
        if escaped or (quoted and char == "\\"):
            escaped = not escaped
        elif char == '"':
            quoted = not quoted
        elif not quoted and char in "<>":
            angle = char == "<"
        elif not quoted and not angle and char in ",;":
            yield text[start:index]
            start = index + 1
    yield text[start:]


class _Refused(Exception):
    """Carries a code up to the function that knows the whole text."""


def _parse(text):
    if not text:
        raise _Refused("empty")
    if len(text) > TEXT_LIMIT:
        raise _Refused("too_long")
    if CONTROL.search(text):
        raise _Refused("control")
    name, spec = _split_name(text)
    local, domain = _split_at(spec)
    _check_local(local)
    address = Address(name, local, _checked_domain(domain))
    if len(address.email) > ADDRESS_LIMIT:
        raise _Refused("too_long")
    return address


def _split_name(text):
    match = _NAMED.fullmatch(text)
    if not match:
        return "", text
    name, spec = match["name"].strip(), match["spec"].strip(" \u00a0")
    if re.fullmatch(_ANY_QUOTED, name):
        return clean_name(re.sub(r"\\(.)", r"\1", name[1:-1])), spec
    if re.search(r"[@,;]", re.sub(_ANY_QUOTED, "", name)):
        raise _Refused("several")
    return clean_name(name), spec


def _split_at(spec):
    if not spec:
        raise _Refused("empty")
    quoted = re.match(_ANY_QUOTED, spec)
    local, at, domain = spec.partition("@")
    if quoted:
        local, rest = quoted.group(), spec[quoted.end() :]
        at, domain = rest[:1], rest[1:]
        if at and at != "@":
            raise _Refused("bad_local")
    if not at:
        raise _Refused("no_at")
    if re.search(r"[@,;]", domain):
        raise _Refused("several")
    if not quoted and re.search(r"[,;]", local):
        raise _Refused("several")
    if re.search(r"\s", domain) or (not quoted and re.search(r"\s", local)):
        raise _Refused("spaces")
    return local, domain


def _check_local(local):
    if not local:
        raise _Refused("no_local")
    if not local.isascii():
        raise _Refused("non_ascii_local")
    if len(local) > LOCAL_LIMIT:
        raise _Refused("local_too_long")
    if not (_DOT_ATOM.fullmatch(local) or _QUOTED_LOCAL.fullmatch(local)):
        raise _Refused("bad_local")


def _checked_domain(domain):
    if not domain:
        raise _Refused("no_domain")
    if domain.startswith("["):
        raise _Refused("literal")
    if "." not in domain:
        raise _Refused("no_dot")
    return ascii_domain(domain)
