"""The real server, started as `bin/mailroom run` starts it."""

import json
import time
import urllib.request

import pytest

from dev import demo_server, ports
from dev.catcher.store import MailStore
from dev.demo import Ports
from dev.rpc import Client
from dev.testing import odoo_log
from tools.pdf_check import check_pdf


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


def status_when_told(client, order_id):
    """Ask as an open screen would until the order knows what became of its message."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        status = client.call("sale.order", "mailroom_get_status", [order_id])
        if status["state"] != "queued":
            break
        time.sleep(0.2)
    return status


def test_a_first_order_leaves_with_its_pdf_in_the_language_of_the_customer(
    demo, demo_database
):
    chosen, store = demo
    nora = Client.login(chosen.odoo, demo_database, "nora.lind", "nora.lind")
    (order,) = nora.call(
        "sale.order", "search_read", [["name", "=", "NV1001"]], ["partner_id"]
    )

    dialog = nora.call("sale.order", "action_quotation_send", [order["id"]])
    assert dialog["res_model"] == "mailroom.send"
    nora.call("mailroom.send", "action_send", [dialog["res_id"]])

    (caught,) = store.wait(1, subject="NV1001")
    assert "Orderbekräftelse" in caught.subject
    pdfs = [f for f in caught.attachments if f.mimetype == "application/pdf"]
    (pdf,) = pdfs
    assert "NV1001" in pdf.name
    check_pdf(pdf.data, "NV1001")
    status = status_when_told(nora, order["id"])
    assert status["state"] == "sent"
    (message,) = status["messages"]
    assert message["by"] == "Nora Lind"
    posted = nora.call(
        "mail.message",
        "search_read",
        [["model", "=", "sale.order"], ["res_id", "=", order["id"]]],
        ["subject", "attachment_ids"],
    )
    assert any(m["subject"] == caught.subject and m["attachment_ids"] for m in posted)
