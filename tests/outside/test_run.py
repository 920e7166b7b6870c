"""The real server, started as `bin/mailroom run` starts it."""

import json
import urllib.request

import pytest

from dev import demo_server, ports
from dev.catcher.store import MailStore
from dev.demo import Ports
from dev.rpc import Client
from dev.testing import odoo_log


@pytest.fixture
def demo(env, demo_database, tmp_path):
    """A running demo with ports and a mail folder of its own."""
    chosen = Ports(*(ports.free_port() for _each in range(3)))
    store = MailStore(tmp_path / "demo-mails")
    with demo_server.serve(env, demo_database, chosen, store):
        yield chosen, store


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as reply:
        return reply.read().decode()


def test_odoo_answers_and_its_mail_reaches_the_page_of_caught_mail(demo, demo_database):
    chosen, store = demo
    assert 'name="login"' in fetch(f"{chosen.address}/web/login")

    client = Client.login(chosen.odoo, demo_database, "admin", "admin")
    mail = client.call(
        "mail.mail",
        "create",
        {
            "subject": "Prov från Nordvik",
            "email_from": "nora@nordvik.example",
            "email_to": "kund@kund.example",
            "body_html": "<p>Hej på dig</p>",
        },
    )
    client.call("mail.mail", "send", [mail])

    (caught,) = store.wait(1, to="kund@kund.example")
    assert caught.subject == "Prov från Nordvik"
    assert "Hej på dig" in caught.html
    (listed,) = json.loads(fetch(f"{chosen.mail_address}/api/messages"))
    assert listed["recipients"] == ["kund@kund.example"]
    assert "Prov från Nordvik" in fetch(chosen.mail_address)
    log = demo_server.log_file(demo_database)
    assert [str(record) for record in odoo_log.unexpected(log)] == []
