"""What the DNS says about a sender's domain: SPF, DKIM, DMARC, and whether they align.

Only what DNS answers is told. When it cannot be asked, the result is ``unknown``.
"""

import re
from dataclasses import dataclass

#: Seconds one question may take.
LIFETIME = 3
_ORG_DEPTH = 8


class DnsUnavailable(Exception):
    """DNS could not be asked."""


@dataclass(frozen=True)
class Check:
    """One line of the health card.

    :ivar str name: ``spf``, ``dkim``, ``dmarc`` or ``alignment``
    :ivar str state: ``ok``, ``weak``, ``missing``, ``wrong`` or ``unknown``
    :ivar str code: what was found, one of a closed list the models have words for
    :ivar str record: the record itself, if there is one
    """

    name: str
    state: str
    code: str
    record: str = ""


def check_domain(domain, include="", selectors=(), ask=None):
    """Look up what receivers will look up.

    :param str domain: the domain of the address in From, ASCII
    :param str include: what the provider wants in SPF, e.g. ``spf.example.com``
    :param selectors: DKIM selectors to look for; none: DKIM is unknown
    :param ask: function of name and record type that gives texts; see ``resolver_ask``
    :return: SPF, DKIM, DMARC, alignment
    :rtype: list[Check]
    """
    ask = ask or resolver_ask()
    try:
        if not is_known(domain, ask):
            return _all_unknown("no_domain")
        spf = check_spf(domain, include, ask)
        dkim = check_dkim(domain, selectors, ask)
        dmarc = check_dmarc(domain, ask)
    except DnsUnavailable:
        return _all_unknown("no_dns")
    return [spf, dkim, dmarc, check_alignment(spf, dkim)]


def is_known(domain, ask):
    """Tell whether DNS knows the domain at all. The resolver of a closed network denies
    every name: its "no such record" must not be taken for a finding."""
    return any(ask(domain, kind) for kind in ("SOA", "MX", "A", "TXT"))


def _all_unknown(code):
    names = ("spf", "dkim", "dmarc", "alignment")
    return [Check(name, "unknown", code) for name in names]


# === SPF (RFC 7208) === #


def check_spf(domain, include, ask):
    """Look for one SPF record that does not allow everybody (RFC 7208 3.2, 4.5)."""
    found = [text for text in ask(domain, "TXT") if _is_spf(text)]
    if not found:
        return Check("spf", "missing", "spf_missing")
    if len(found) > 1:
        return Check("spf", "wrong", "spf_several", " | ".join(found))
    terms = found[0].lower().split()[1:]
    if "+all" in terms or "all" in terms:
        return Check("spf", "wrong", "spf_everybody", found[0])
    if include and not _names(include, terms, ask):
        return Check("spf", "weak", "spf_other", found[0])
    return Check("spf", "ok", "spf_provider" if include else "spf_found", found[0])


def _is_spf(text):
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def _names(include, terms, ask, depth=2):
    """Tell whether an SPF record, or one it refers to, names the provider."""
    names = [_referred(term) for term in terms]
    if include.lower() in names:
        return True
    if not depth:
        return False
    return any(
        _names(include, text.lower().split()[1:], ask, depth - 1)
        for name in filter(None, names)
        for text in ask(name, "TXT")
        if _is_spf(text)
    )


def _referred(term):
    match = re.fullmatch(r"\+?(?:include:|redirect=)([a-z0-9._-]+)", term)
    return match[1].rstrip(".") if match else ""


# === DKIM (RFC 6376) === #


def check_dkim(domain, selectors, ask):
    """Look for a public key under one of the selectors (RFC 6376 3.6.1)."""
    if not selectors:
        return Check("dkim", "unknown", "dkim_no_selector")
    for selector in selectors:
        for text in ask(f"{selector}._domainkey.{domain}", "TXT"):
            tags = _tags(text)
            if "p" not in tags or tags.get("v", "DKIM1") != "DKIM1":
                continue
            if not tags["p"]:
                return Check("dkim", "wrong", "dkim_revoked", text)
            return Check("dkim", "ok", "dkim_found", text)
    return Check("dkim", "missing", "dkim_missing")


# === DMARC (RFC 7489) === #


def check_dmarc(domain, ask):
    """Look for the policy of the domain, or of the domains above it.

    Above it is walked label by label, so that no list of public suffixes is needed.
    """
    labels = domain.split(".")
    for depth in range(min(len(labels) - 1, _ORG_DEPTH)):
        name = ".".join(labels[depth:])
        found = [
            text
            for text in ask(f"_dmarc.{name}", "TXT")
            if _tags(text).get("v") == "DMARC1"
        ]
        if len(found) > 1:
            return Check("dmarc", "wrong", "dmarc_several", " | ".join(found))
        if found:
            return _judge_policy(found[0], inherited=depth > 0)
    return Check("dmarc", "missing", "dmarc_missing")


def _judge_policy(text, inherited):
    tags = _tags(text)
    policy = (inherited and tags.get("sp")) or tags.get("p", "")
    if policy.lower() in ("reject", "quarantine"):
        return Check("dmarc", "ok", f"dmarc_{policy.lower()}", text)
    if policy.lower() == "none":
        return Check("dmarc", "weak", "dmarc_none", text)
    return Check("dmarc", "wrong", "dmarc_no_policy", text)


# === ALIGNMENT (RFC 7489 3.1) === #


def check_alignment(spf, dkim):
    """Say whether receivers can tie the message to the domain in From.

    Our envelope sender and From are the same address, so SPF aligns where it passes;
    DKIM aligns when the signing key stands in the domain of From.
    """
    if dkim.state == "ok":
        return Check("alignment", "ok", "aligned_dkim")
    if spf.state == "ok" and spf.code == "spf_provider":
        return Check("alignment", "ok", "aligned_spf")
    if spf.state in ("missing", "wrong") and dkim.state in ("missing", "wrong"):
        return Check("alignment", "wrong", "aligned_nothing")
    return Check("alignment", "unknown", "aligned_unknown")


def _tags(text):
    """Read ``k=v; k=v`` (RFC 6376 3.2)."""
    pairs = (piece.partition("=") for piece in text.split(";"))
    return {key.strip().lower(): value.strip() for key, _equal, value in pairs if key}


# === ASKING === #


def resolver_ask(lifetime=LIFETIME):
    """Return a function that asks the resolver of this machine.

    :param float lifetime: seconds a question may take
    :return: function of name and type; an empty list when there is no such record
    :raise DnsUnavailable: from the function, when there is no answer
    """

    def ask(name, kind):
        try:
            import dns.exception
            import dns.resolver
        except ImportError as error:
            raise DnsUnavailable("dnspython is not installed") from error
        try:
            answer = dns.resolver.resolve(name, kind, lifetime=lifetime, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise DnsUnavailable(str(error)) from error
        return [_text(record) for record in answer]

    return ask


def _text(record):
    strings = getattr(record, "strings", None)
    if strings is None:
        return record.to_text()
    return b"".join(strings).decode("utf-8", "replace")
