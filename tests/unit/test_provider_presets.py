"""The table of providers holds what a form can use."""

from urllib.parse import urlsplit

import pytest

from tools.address_guard import SMTP_PORTS
from tools.domain import ascii_domain
from tools.provider_presets import PRESETS


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_preset(preset):
    assert ascii_domain(preset.host) == preset.host
    assert preset.encryption in ("ssl_strict", "starttls_strict", "auto")
    assert (preset.port in SMTP_PORTS) != (preset.encryption == "auto")
    assert preset.encryption != "ssl_strict" or preset.port == 465
    assert urlsplit(preset.url).scheme == "https"
    assert preset.note in ("", "app_password", "oauth", "api_key")
    assert not preset.spf or ascii_domain(preset.spf.lstrip("_"))


def test_names_are_told_apart():
    names = [preset.name for preset in PRESETS.values()]
    assert len(set(names)) == len(names)
