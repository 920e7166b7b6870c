"""Domain names are brought into wire form, never into shape."""

import pytest

from tools.domain import DomainError, ascii_domain


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("Example.COM", "example.com"),
        ("bücher.de", "xn--bcher-kva.de"),
        ("BÜCHER.de", "xn--bcher-kva.de"),
        ("bu\u0308cher.de", "xn--bcher-kva.de"),
        ("straße.de", "xn--strae-oqa.de"),
        ("xn--bcher-kva.de", "xn--bcher-kva.de"),
        ("ab--cd.de", "ab--cd.de"),
        ("1and1.com", "1and1.com"),
        ("почта.рф", "xn--80a1acny.xn--p1ai"),
        (f"{'a' * 63}.de", f"{'a' * 63}.de"),
    ],
)
def test_wire_form(typed, wire):
    assert ascii_domain(typed) == wire


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "bad_domain"),
        (".de", "bad_domain"),
        ("a..de", "bad_domain"),
        ("a.de.", "bad_domain"),
        ("-a.de", "bad_domain"),
        ("a-.de", "bad_domain"),
        ("a_b.de", "bad_domain"),
        ("a b.de", "bad_domain"),
        ("192.168.1.1", "bad_domain"),
        ("exam\u00adple.de", "bad_domain"),
        ("exam\u200bple.de", "bad_domain"),
        ("\uff45xample.de", "bad_domain"),
        ("example\u3002de", "bad_domain"),
        ("xn--zzzzzzz99999.de", "bad_domain"),
        ("😀.de", "bad_domain"),
        (f"{'a' * 64}.de", "label_too_long"),
        (f"{'ü' * 62}x.de", "label_too_long"),
        ("ü" * 5000, "label_too_long"),
        (".".join(["a" * 60] * 5), "domain_too_long"),
    ],
)
def test_refused(typed, code):
    with pytest.raises(DomainError) as caught:
        ascii_domain(typed)
    assert caught.value.code == code
