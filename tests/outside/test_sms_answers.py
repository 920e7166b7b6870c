"""T14: every way a gateway can answer, with real workers: one message, one verdict."""

import gzip

import pytest
from fake_gateway import (
    DROP,
    RST,
    SILENCE,
    Answer,
    Drip,
    FakeGateway,
    Raw,
    Sleep,
    Taken,
)
from harness.sms import ask_sms, gateway_row, row_of, serve_gateway

HTML = "<html><body><h1>502 Bad Gateway</h1></body></html>"
BOMB = gzip.compress(b"0" * 20_000_000)
HUGE = b'{"id": "x", "pad": "' + b"x" * 10_000_000 + b'"}'
BUSY = {"Retry-After": "30"}
# What it answers, what the row then is, and how the gateway is
ANSWERS = {
    "200": (Answer(200), "sent", "up"),
    "201": (Answer(201), "sent", "up"),
    "202 garbage": (Answer(202, "garbage"), "uncertain", None),
    "400": (Answer(400, {"error": "no number"}), "failed", "up"),
    "401": (Answer(401), "queued", "paused"),
    "402": (Answer(402), "queued", "paused"),
    "403": (Answer(403), "queued", "paused"),
    "404": (Answer(404), "failed", None),
    "409": (Taken(Answer(409)), "uncertain", None),
    "422": (Answer(422), "failed", "up"),
    "429": (Answer(429, headers=BUSY), "deferred", "cooling"),
    "500": (Taken(Answer(500)), "uncertain", None),
    "502 page": (Taken(Answer(502, HTML)), "uncertain", None),
    "503": (Answer(503), "uncertain", None),
    "503 later": (Answer(503, headers=BUSY), "deferred", "cooling"),
    "504": (Taken(Answer(504)), "uncertain", None),
    "slow": (Sleep(3), "uncertain", None),
    "slow and taken": (Taken(Sleep(3)), "uncertain", None),
    "silent": (Taken(SILENCE), "uncertain", None),
    "drip": (Drip(0.1, Answer(200)), "uncertain", None),
    "reset": (Taken(RST), "uncertain", None),
    "closed": (Taken(DROP), "uncertain", None),
    "reset in the body": (Answer(200, cut=3), "uncertain", None),
    "302": (Answer(302, "", {"Location": "http://127.0.0.1:9/"}), "queued", "paused"),
    "10 MB": (Answer(200, HUGE), "uncertain", None),
    "wrong type": (Answer(200, "<p>Thank you!</p>"), "uncertain", None),
    "bomb": (Answer(200, BOMB, {"Content-Encoding": "gzip"}), "uncertain", None),
    "no HTTP": (Raw(b"220 mail.example ESMTP\r\n"), "uncertain", None),
}


def once(action):
    """A script that does something at the first request only."""
    left = [action]
    return lambda step, call: left.pop() if step == "request" and left else None


def run(lab):
    job = lab.nursery.start("jobs_sms:run_impatiently", answer=1.0)
    lab.jobs.append(job)
    return job.result()


@pytest.mark.parametrize("name", ANSWERS)
def test_one_message_one_verdict(lab, name):
    answer, state, health = ANSWERS[name]
    gateway = serve_gateway(lab, once(answer))
    [number] = ask_sms(lab, 1)
    run(lab)

    row = row_of(lab, number)
    assert row.state == state, row
    assert len(gateway.calls) == 1
    assert health in (None, gateway_row(lab).mailroom_health)
    assert len(row.reply_text or "") <= 500
    lab.reconcile()

    lab.nursery.call("jobs_sms:gateway", url=gateway.url)
    lab.settle(workers=1)
    lab.reconcile()
    final = row_of(lab, number).state
    assert final == (state if state in ("failed", "uncertain") else "sent")
    assert len(gateway.accepted) <= 1


def test_a_bad_answer_is_about_its_own_message(lab):
    """F1: an HTML page for the third of four."""
    answers = iter([None, None, Taken(Answer(502, HTML)), None])

    def script(step, call):
        return next(answers, None) if step == "request" else None

    gateway = serve_gateway(lab, script)
    numbers = ask_sms(lab, 4)
    lab.settle(workers=1)
    states = [row_of(lab, number).state for number in numbers]
    assert states == ["sent", "sent", "uncertain", "sent"]
    assert len(gateway.accepted) == 4
    lab.reconcile()


def test_a_gateway_that_cannot_be_reached_keeps_the_messages(lab):
    gateway = serve_gateway(lab)
    gateway.close()
    numbers = ask_sms(lab, 3)
    run(lab)
    assert {row_of(lab, number).state for number in numbers} <= {"queued", "deferred"}
    assert gateway_row(lab).mailroom_health == "cooling"
    serve_gateway(lab)
    lab.settle()
    assert lab.reconcile().accepted == 3


def test_the_wait_a_gateway_asks_for_is_kept(lab):
    later = Answer(429, headers={"Retry-After": "7200"})
    serve_gateway(lab, once(later))
    [number] = ask_sms(lab, 1)
    run(lab)
    assert row_of(lab, number).state == "deferred"
    [(minutes,)] = lab.rows.query(
        """SELECT extract(epoch FROM mailroom_retry_at - now() AT TIME ZONE 'UTC') / 60
             FROM mailroom_gateway WHERE active"""
    )
    assert 110 < minutes < 125


def test_a_redirect_takes_nobody_elsewhere(lab):
    with FakeGateway() as elsewhere:
        away = Answer(307, "", {"Location": elsewhere.url})
        serve_gateway(lab, once(away))
        ask_sms(lab, 1)
        run(lab)
        assert not elsewhere.connections
    assert gateway_row(lab).mailroom_health == "paused"


def test_a_private_address_is_not_even_connected_to(lab):
    gateway = serve_gateway(lab)
    lab.nursery.call("jobs_sms:allow", networks="10.99.0.0/16")
    try:
        ask_sms(lab, 1)
        run(lab)
    finally:
        lab.nursery.call("jobs_sms:allow", networks="127.0.0.0/8")
    assert not gateway.connections
    row = gateway_row(lab)
    assert (row.mailroom_health, row.mailroom_reason) == ("paused", "blocked_address")


def test_only_a_person_sends_an_unsure_message_again(lab):
    gateway = serve_gateway(lab, once(Taken(DROP)))
    [number] = ask_sms(lab, 1)
    lab.settle()
    lab.rows.hurry()
    run(lab)
    assert len(gateway.accepted) == 1
    lab.retry(number)
    lab.settle()
    assert len(gateway.accepted) == 2
    assert [row.state for row in lab.rows.deliveries()] == ["uncertain", "sent"]
    lab.reconcile()
