"""What DNS says is told; what it does not say is not guessed."""

import pytest

from tools.dns_health import DnsUnavailable, check_domain, resolver_ask

DOMAIN = "firm.test"
SOA = {(DOMAIN, "SOA"): ["ns.firm.test. root.firm.test. 1 1 1 1 1"]}
SPF = (DOMAIN, "TXT")
DMARC = (f"_dmarc.{DOMAIN}", "TXT")
DKIM = (f"key1._domainkey.{DOMAIN}", "TXT")


def look(records, include="", selectors=("key1",), domain=DOMAIN):
    zone = {**SOA, **records}
    checks = check_domain(
        domain, include, selectors, lambda name, kind: zone.get((name, kind), [])
    )
    return {check.name: (check.state, check.code) for check in checks}


@pytest.mark.parametrize(
    ("records", "include", "found"),
    [
        ([], "", ("missing", "spf_missing")),
        (["v=spf1 -all"], "", ("ok", "spf_found")),
        (["v=spf10 -all"], "", ("missing", "spf_missing")),
        (["v=spf1 -all", "v=spf1 mx -all"], "", ("wrong", "spf_several")),
        (["v=spf1 mx +all"], "", ("wrong", "spf_everybody")),
        (
            ["v=spf1 include:SPF.mail.test ~all"],
            "spf.mail.test",
            ("ok", "spf_provider"),
        ),
        (["v=spf1 redirect=spf.mail.test"], "spf.mail.test", ("ok", "spf_provider")),
        (["v=spf1 mx -all"], "spf.mail.test", ("weak", "spf_other")),
        (["v=spf1 -include:spf.mail.test"], "spf.mail.test", ("weak", "spf_other")),
    ],
)
def test_spf(records, include, found):
    assert look({SPF: records}, include)["spf"] == found


def test_spf_by_a_detour_and_in_a_circle():
    records = {
        SPF: ["v=spf1 include:a.test -all"],
        ("a.test", "TXT"): ["v=spf1 include:spf.mail.test include:firm.test -all"],
    }
    assert look(records, "spf.mail.test")["spf"] == ("ok", "spf_provider")
    assert look(records, "spf.else.test")["spf"] == ("weak", "spf_other")


@pytest.mark.parametrize(
    ("record", "selectors", "found"),
    [
        ([], (), ("unknown", "dkim_no_selector")),
        ([], ("key1",), ("missing", "dkim_missing")),
        (["v=DKIM1; k=rsa; p=MIGf"], ("key0", "key1"), ("ok", "dkim_found")),
        (["k=rsa; p=MIGf"], ("key1",), ("ok", "dkim_found")),
        (["v=DKIM1; p="], ("key1",), ("wrong", "dkim_revoked")),
        (["something else"], ("key1",), ("missing", "dkim_missing")),
    ],
)
def test_dkim(record, selectors, found):
    assert look({DKIM: record}, selectors=selectors)["dkim"] == found


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ([], ("missing", "dmarc_missing")),
        (["v=DMARC1; p=reject; rua=mailto:a@b.test"], ("ok", "dmarc_reject")),
        (["v=DMARC1;p=quarantine"], ("ok", "dmarc_quarantine")),
        (["v=DMARC1; p=none"], ("weak", "dmarc_none")),
        (["v=DMARC1; p=NONE", "v=DMARC1; p=reject"], ("wrong", "dmarc_several")),
        (["v=DMARC1"], ("wrong", "dmarc_no_policy")),
    ],
)
def test_dmarc(records, found):
    assert look({DMARC: records})["dmarc"] == found


def test_dmarc_of_the_domain_above():
    records = {
        ("mail.firm.test", "SOA"): ["x"],
        DMARC: ["v=DMARC1; p=reject; sp=none"],
    }
    found = look(records, domain="mail.firm.test")
    assert found["dmarc"] == ("weak", "dmarc_none")


def test_alignment_is_told_only_where_it_is_known():
    good_key = {DKIM: ["v=DKIM1; p=MIGf"]}
    provider = {SPF: ["v=spf1 include:spf.mail.test -all"]}
    assert look(good_key)["alignment"] == ("ok", "aligned_dkim")
    assert look(provider, "spf.mail.test")["alignment"] == ("ok", "aligned_spf")
    assert look({})["alignment"] == ("wrong", "aligned_nothing")
    assert look({}, selectors=())["alignment"] == ("unknown", "aligned_unknown")
    assert look({SPF: ["v=spf1 mx -all"]})["alignment"][0] == "unknown"


def test_a_resolver_that_denies_everything_is_no_finding():
    checks = check_domain(DOMAIN, ask=lambda name, kind: [])
    assert {(check.state, check.code) for check in checks} == {("unknown", "no_domain")}


def test_no_dns_is_unknown_from_the_first_question_on():
    asked = []

    def ask(name, kind):
        asked.append(name)
        raise DnsUnavailable("timed out")

    checks = check_domain(DOMAIN, selectors=("key1",), ask=ask)
    assert {(check.state, check.code) for check in checks} == {("unknown", "no_dns")}
    assert len(asked) == 1


def test_a_dead_resolver_is_no_dns(monkeypatch):
    resolver = pytest.importorskip("dns.resolver")
    dead = resolver.Resolver(configure=False)
    dead.nameservers, dead.port = ["127.0.0.1"], 9
    monkeypatch.setattr(resolver, "default_resolver", dead)
    with pytest.raises(DnsUnavailable):
        resolver_ask(lifetime=0.3)(DOMAIN, "TXT")
