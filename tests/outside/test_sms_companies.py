"""T15 with gateways, T3 for text messages: whose gateway, and workers that die."""

import random

import pytest
from fake_gateway import Answer, Taken
from harness.sms import ask_pairs, ask_sms, gateway_row, new_numbers, serve_gateway
from harness.tally import SEED, TALLY
from test_accounts import PAIRS, ask, recipients, serve_companies

KILLS_EACH = 6
LOGINS = {"Alfa": ("alfa", "pw-a"), "Beta": ("beta", "pw-b")}
# Before the mark nothing can have left; after it nobody knows.
SURELY_NOT_SENT = ("claimed",)
POINTS = (*SURELY_NOT_SENT, "marked", "answered", "recording", "recorded", "telling")


def serve_gateways(lab, scripts=()):
    """Start a gateway for each company that lets that company in only."""
    [companies] = [
        dict(lab.rows.query("SELECT name, id FROM res_company WHERE name <> 'Nordvik'"))
    ]
    servers = {}
    for name, (user, password) in LOGINS.items():
        values = {"auth": "basic", "auth_user": user, "gateway_secret": password}
        servers[name] = serve_gateway(
            lab,
            dict(scripts).get(name),
            companies[name],
            values,
            logins={f"{user}:{password}"},
        )
    return servers


def mixed(count):
    """Return numbers of two companies, shuffled the same way each time."""
    numbers = new_numbers(count * 2)
    pairs = [(name, numbers.pop()) for name in LOGINS for _each in range(count)]
    random.Random(SEED).shuffle(pairs)
    return pairs


def mixed_mail(count):
    pairs = [
        (name, f"{name.lower()}-sms{number:03}@kund.example")
        for name in PAIRS
        for number in range(count)
    ]
    random.Random(SEED).shuffle(pairs)
    return pairs


def kill_some(lab, kills, seed):
    """A script that kills the worker at the other end now and then.

    :return: the script, and a list that grows with each kill
    """
    chance, done = random.Random(seed), []

    def script(step, call):
        if step in ("request", "accept") and len(done) < kills:
            if chance.random() < 0.25 and lab.kill_client({"peer": call.peer}):
                done.append(step)
        return None

    return script, done


def test_200_mixed_messages_leave_through_the_right_way_each(lab):
    mails = serve_companies(lab)
    scripts, kills = {}, []
    for name in LOGINS:
        scripts[name], done = kill_some(lab, KILLS_EACH, f"{SEED}{name}")
        kills.append(done)
    gateways = serve_gateways(lab, scripts)
    texts, letters = mixed(50), mixed_mail(50)
    ask_pairs(lab, texts)
    ask(lab, letters)
    lab.settle(workers=2)

    verdict = lab.reconcile()
    killed = sum(map(len, kills))
    assert killed and verdict.uncertain <= killed
    for name, gateway in gateways.items():
        user, password = LOGINS[name]
        own = {number for company, number in texts if company == name}
        assert {message.to for message in gateway.accepted} <= own
        assert {message.login for message in gateway.accepted} == {f"{user}:{password}"}
        assert {call.login for call in gateway.calls} == {f"{user}:{password}"}
        own = sorted(address for company, address in letters if company == name)
        assert recipients(mails[name]) == own
    accepted = sum(len(gateway.accepted) for gateway in gateways.values())
    assert accepted >= len(texts) - killed


def test_without_a_gateway_of_its_own_a_company_holds(lab):
    serve_companies(lab)
    gateways = serve_gateways(lab)
    [number, other] = new_numbers(2)
    ask_pairs(lab, [("Gamma", number), ("Alfa", other)])
    lab.settle(workers=1)
    rows = {row.address: row for row in lab.rows.deliveries()}
    assert (rows[number].state, rows[number].hold_reason) == ("held", "no_account")
    assert [m.to for m in gateways["Alfa"].accepted] == [other]
    assert not gateways["Beta"].accepted
    lab.reconcile()


def test_a_broken_gateway_holds_its_own_messages_only(lab):
    serve_companies(lab)
    gateways = serve_gateways(lab)
    gateways["Beta"].logins = {"beta:changed"}
    ask_pairs(lab, mixed(10))
    lab.run()
    assert len(gateways["Alfa"].accepted) == 10
    assert len(gateways["Beta"].calls) == 1
    [beta] = [
        row.id
        for row in lab.rows.query("SELECT id FROM res_company WHERE name = 'Beta'")
    ]
    assert gateway_row(lab, beta).mailroom_health == "paused"
    waiting = [row for row in lab.rows.deliveries() if row.state == "queued"]
    assert {row.gateway_id for row in waiting} == {gateways["Beta"].record[0]}
    gateways["Beta"].logins = {"beta:pw-b"}
    lab.nursery.call("jobs_sms:resume")
    lab.settle()
    assert lab.reconcile().accepted == 20


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_at_its_own_work(lab, point):
    serve_gateway(lab)
    before, chance = TALLY.kills, random.Random(f"{SEED}{point}")

    def die():
        enough = TALLY.kills - before >= KILLS_EACH
        return None if enough else [point, chance.randint(1, 2)]

    while TALLY.kills - before < KILLS_EACH:
        ask_sms(lab, 5)
        lab.settle(workers=2, die=die)
    verdict = lab.reconcile()
    kills = TALLY.kills - before
    assert verdict.uncertain <= (0 if point in SURELY_NOT_SENT else kills)


@pytest.mark.parametrize("step", ["request", "accept"])
def test_a_worker_killed_while_the_gateway_is_at(lab, step):
    done = []

    def script(now, call):
        if now == step and len(done) < KILLS_EACH and len(done) * 3 < len(server.calls):
            if lab.kill_client({"peer": call.peer}):
                done.append(call.key)
        return None

    server = serve_gateway(lab, script)
    while len(done) < KILLS_EACH:
        ask_sms(lab, 5)
        lab.settle(workers=2)
    verdict = lab.reconcile()
    assert verdict.uncertain <= len(done)
    assert len(server.accepted) == len(server.calls)


def test_a_long_run_with_kills_and_bad_answers(lab):
    chance, kills = random.Random(f"{SEED}soak"), []
    answers = (
        Taken(Answer(502, "<html>")),
        Answer(429, headers={"Retry-After": "1"}),
        Answer(503, headers={"Retry-After": "1"}),
        Taken("DROP"),
        Answer(400, {"error": "no"}),
    )

    def script(step, call):
        if step == "connect":
            return None
        if len(kills) < 20 and chance.random() < 0.08:
            kills.extend([1] * lab.kill_client({"peer": call.peer}))
        elif step == "request" and chance.random() < 0.04:
            return chance.choice(answers)
        return None

    serve_gateway(lab, script)
    ask_sms(lab, 200)
    lab.settle(workers=2)
    verdict = lab.reconcile()
    assert len(kills) > 5
    assert verdict.accepted >= 150
