"""`bin/mailroom run` catches SMS: it is the gateway of the demo companies."""

import json

from test_run import demo, fetch  # noqa: F401 - a fixture

from dev.rpc import Client


def test_a_test_sms_of_each_demo_company_is_caught(demo, demo_database):  # noqa: F811
    chosen, store = demo
    client = Client.login(chosen.odoo, demo_database, "admin", "admin")
    gateways = client.call("mailroom.gateway", "search", [])
    for gateway in gateways:
        values = {"gateway_id": gateway, "number": "+46701740605"}
        [test] = client.call("mailroom.gateway.test", "create", [values])
        shown = client.call("mailroom.gateway.test", "action_send", [test])
        assert shown["params"]["type"] == "success", shown
    caught = store.sms.wait(len(gateways), to="+46701740605")
    assert {(sms.sender, sms.gateway) for sms in caught} == {
        ("Nordvik", "nordvik"),
        ("Moravan", "moravan"),
    }
    listed = json.loads(fetch(f"{chosen.mail_address}/api/sms"))
    assert len(listed) == len(gateways) == 2
    assert "Caught SMS (2)" in fetch(f"{chosen.mail_address}/sms")
