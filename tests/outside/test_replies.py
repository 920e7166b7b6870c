"""T1 and T13: every answer a server can give, at every step, and what the outbox makes
of it (rule R6)."""

import pytest
from harness.scripts import At, For

TEMPORARY = (421, 450, 451, 452, 454)
PERMANENT = (550, 551, 552, 553, 554)
SENT = ["sent", "sent", "sent"]


def expected(step, code):
    """Return the states of three messages after the fault on the second, and the
    account's health."""
    if step == "connect":
        return ["queued", "queued", "queued"], "cooling"
    if code == 421:
        return ["sent", "deferred", "queued"], "cooling"
    if code < 500:
        return ["sent", "deferred", "sent"], "up"
    if step == "mail" and code != 552:
        return ["sent", "queued", "queued"], "paused"
    return ["sent", "failed", "sent"], "up"


@pytest.mark.parametrize("code", TEMPORARY + PERMANENT)
@pytest.mark.parametrize("step", ("connect", "mail", "rcpt", "data", "end"))
def test_each_reply_leads_to_the_state_that_the_rules_name(lab, step, code):
    number = 1 if step == "connect" else 2
    lab.serve(At(step, f"{code} {code // 100}.0.0 no", number))
    addresses = lab.ask(3, documents=3)
    states, health = expected(step, code)

    lab.run()

    found = lab.rows.states()
    assert [found[address] for address in addresses] == states
    assert lab.account().mailroom_health == health
    verdict = lab.reconcile()
    assert verdict.accepted == states.count("sent")

    lab.resume()
    lab.settle(workers=1)
    found = lab.rows.states()
    healed = [state if state == "failed" else "sent" for state in states]
    assert [found[address] for address in addresses] == healed
    lab.reconcile()


@pytest.mark.parametrize(
    ("code", "health"), [(535, "paused"), (530, "paused"), (454, "cooling")]
)
def test_a_refused_login_is_the_account_s_trouble_alone(lab, code, health):
    server = lab.serve(
        At("auth", f"{code} {code // 100}.7.8 no"), users={"mia": "geheim"}
    )
    lab.log_in("mia", "geheim")
    addresses = lab.ask(3, documents=3)

    lab.run()

    rows = {row.address: row for row in lab.rows.deliveries()}
    assert [rows[a].state for a in addresses] == ["queued"] * 3
    assert [rows[a].attempts for a in addresses] == [0, 0, 0]
    assert lab.account().mailroom_health == health
    assert len(server.logins) == 1, "no message after the other may try its luck"

    lab.resume()
    lab.settle(workers=1)
    assert list(lab.rows.states().values()) == SENT
    lab.reconcile()


def test_what_a_server_answers_is_kept_word_for_word_and_short(lab):
    lab.serve(
        At("rcpt", ["550-5.1.1 <b>no</b>\x1b[31m " + "x" * 900, "550 5.1.1 such"])
    )
    lab.ask(1)
    lab.run()
    [row] = lab.rows.deliveries()
    assert (row.state, row.reply_code, row.reply_enhanced) == ("failed", 550, "5.1.1")
    assert len(row.reply_text) <= 500
    assert "\x1b" not in row.reply_text
    lab.reconcile()


@pytest.mark.parametrize("step", ("rcpt", "end"))
@pytest.mark.parametrize("bad", (0, 1, 2))
def test_of_three_recipients_only_the_refused_one_fails(lab, step, bad):
    addresses = [f"t{number}{step}@kund.example" for number in range(3)]
    lab.serve(For({(step, addresses[bad]): "550 5.1.1 unknown"}))
    lab.ask_addresses(addresses, documents=1)

    lab.settle(workers=1)
    states = lab.rows.states()
    assert [states[address] for address in addresses].count("sent") == 2
    assert states[addresses[bad]] == "failed"
    assert lab.document_states() == ["partly"]

    lab.retry(addresses[bad])
    lab.settle(workers=1)
    assert list(lab.rows.states().values()) == SENT
    assert lab.document_states() == ["sent"]
    verdict = lab.reconcile()
    assert verdict.accepted == 3, "those that had it got nothing again"
