"""S5 for gateways: no log line and no stored answer holds what one logs in with."""

import base64
from urllib.parse import quote

import pytest
from fake_gateway import Answer
from harness.sms import ask_sms, gateway_row, row_of, serve_gateway

SECRET = "S3cret/ pass+wörd"
USER = "nordvik"


def forms(secret):
    """Return the ways in which a secret could be written."""
    pair = f"{USER}:{secret}".encode()
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    return [
        secret,
        encoded,
        base64.b64encode(pair).decode(),
        quote(secret),
        quote(secret, safe=""),
        secret.encode().hex(),
    ]


@pytest.mark.parametrize("status", [200, 401, 500])
def test_the_loudest_log_keeps_the_secret(lab, status):
    echo = f"You are {USER}, your password is {SECRET} or {quote(SECRET, safe='')}."
    values = {"auth": "basic", "auth_user": USER, "gateway_secret": SECRET}
    gateway = serve_gateway(
        lab,
        lambda step, call: Answer(status, echo) if step == "request" else None,
        values=values,
    )
    start = lab.nursery.log.stat().st_size
    [number] = ask_sms(lab, 1)
    lab.nursery.call("jobs_sms:run_loudly")

    assert gateway.calls[0].login == f"{USER}:{SECRET}"
    with lab.nursery.log.open("rb") as file:
        file.seek(start)
        log = file.read().decode("utf-8", "replace")
    assert "DEBUG" in log
    row, settings = row_of(lab, number), gateway_row(lab)
    for place in (log, str(row), str(settings)):
        assert [form for form in forms(SECRET) if form in place] == []
