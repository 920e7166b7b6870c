"""Internet domain names in the form that goes over the wire."""

import re
import unicodedata

import idna

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
LABEL_LIMIT = 63
DOMAIN_LIMIT = 253


class DomainError(ValueError):
    """A text is no domain name.

    :ivar str code: ``bad_domain``, ``label_too_long`` or ``domain_too_long``
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def ascii_domain(text):
    """Give a domain name in lower case, international labels as A-labels.

    Only case and Unicode composition are evened out. Whatever else UTS 46 would map
    or drop (full-width letters, soft hyphens) is refused: that would be a guess.

    :param str text: a domain name without trailing dot, one label or more
    :return: the ASCII form, e.g. ``xn--bcher-kva.example``
    :rtype: str
    :raise DomainError: for anything that is not one (RFC 1123 2.1, RFC 5890)
    """
    labels = [_ascii_label(label) for label in text.split(".")]
    domain = ".".join(labels)
    if len(domain) > DOMAIN_LIMIT:
        raise DomainError("domain_too_long")
    # No top level domain is a number (RFC 3696 2): this is an IP address.
    if labels[-1].isdigit():
        raise DomainError("bad_domain")
    return domain


def _ascii_label(label):
    lower = "".join(char.lower() for char in unicodedata.normalize("NFC", label))
    if lower.isascii() and not lower.startswith("xn--"):
        ascii_label = lower
    else:
        ascii_label = _idna_label(lower)
    if len(ascii_label) > LABEL_LIMIT:
        raise DomainError("label_too_long")
    if not _LABEL.fullmatch(ascii_label):
        raise DomainError("bad_domain")
    return ascii_label


def _idna_label(label):
    # Beyond this an encoding cannot fit, and the library's effort grows quadratically.
    if len(label) > LABEL_LIMIT:
        raise DomainError("label_too_long")
    try:
        if idna.uts46_remap(label, std3_rules=True, transitional=False) != label:
            raise DomainError("bad_domain")
        return idna.alabel(label).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        too_long = "too long" in str(error).lower()
        raise DomainError("label_too_long" if too_long else "bad_domain") from error
