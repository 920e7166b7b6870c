"""The right account with real workers: T12, T15 and T21 of the reliability plan."""

import random
import time

PAIRS = {"Alfa": ("post@alfa.example", "a"), "Beta": ("post@beta.example", "b")}


def mixed(count):
    """Make addresses of two companies, shuffled the same way each time."""
    pairs = [
        (name, f"{name.lower()}{number:03}@kund.example")
        for name in PAIRS
        for number in range(count)
    ]
    random.Random(15).shuffle(pairs)
    return pairs


def serve_companies(lab, **scripts):
    """Start a server for each company that knows that company's user only."""
    servers = {}
    for name, (user, password) in PAIRS.items():
        script = scripts.get(name)
        server = lab.serve(script, account=name, users={user: password})
        servers[name] = server
    accounts = {name: [servers[name].port, *PAIRS[name]] for name in PAIRS}
    lab.nursery.call("jobs_account:companies", accounts={**accounts, "Gamma": None})
    return servers


def ask(lab, pairs):
    lab.nursery.call("jobs_account:ask", addresses=pairs)
    lab.asked += [address for _name, address in pairs]


def recipients(server):
    return sorted(message.rcpt[0] for message in server.accepted)


def test_200_mixed_messages_leave_through_the_right_account_each(lab):
    servers = serve_companies(lab)
    pairs = mixed(100)
    ask(lab, pairs)
    lab.settle(workers=2)
    assert lab.reconcile().accepted == 200
    for name, server in servers.items():
        wanted = sorted(address for company, address in pairs if company == name)
        assert recipients(server) == wanted
        assert {message.user for message in server.accepted} == {PAIRS[name][0]}
        assert {message.sender for message in server.accepted} == {PAIRS[name][0]}


def test_a_third_company_sends_through_the_system(lab):
    servers = serve_companies(lab)
    system = lab.serve()
    ask(lab, [*mixed(5), ("Gamma", "gamma@kund.example")])
    lab.settle(workers=2)
    assert recipients(system) == ["gamma@kund.example"]
    [message] = system.accepted
    assert message.sender == "post@nordvik.example"
    assert b"From: Gamma <post@nordvik.example>" in message.data
    assert len(servers["Alfa"].accepted) == len(servers["Beta"].accepted) == 5
    lab.reconcile()


def test_a_broken_account_holds_its_own_mail_only(lab):
    servers = serve_companies(lab)
    servers["Beta"].users = {"post@beta.example": "changed"}
    ask(lab, mixed(20))
    lab.run()
    assert len(servers["Alfa"].accepted) == 20
    assert not servers["Beta"].accepted
    assert lab.account("Beta").mailroom_health == "paused"
    assert lab.account("Alfa").mailroom_health == "up"
    states = {row.state for row in lab.rows.deliveries() if row.address[0] == "b"}
    assert states == {"queued"}
    servers["Beta"].users = {"post@beta.example": "b"}
    lab.resume()
    lab.settle()
    assert lab.reconcile().accepted == 40


def test_a_password_that_expired_costs_nothing_but_time(lab):
    server = lab.serve(users={"mia": "new"})
    lab.log_in("mia", "old")
    before = lab.nursery.call("jobs_account:notices")
    lab.ask(200)
    for _again in range(3):
        lab.run()
    rows = lab.rows.deliveries()
    assert {(row.state, row.attempts or 0) for row in rows} == {("queued", 0)}
    assert len(server.logins) == 1, "a refused password is not tried again and again"
    assert lab.nursery.call("jobs_account:notices") == before + 1

    lab.log_in("mia", "new")
    lab.resume()
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 200
    assert lab.nursery.call("jobs_account:notices") == before + 1


def test_no_window_ever_sees_more_than_the_limit(lab):
    window, limit, count = 3, 20, 70
    server = lab.serve()
    lab.nursery.call("jobs_account:limit", account="Main", minute=limit)
    try:
        addresses = lab.ask(count, documents=1, ready=True)
        jobs = []
        until = time.monotonic() + 60
        while lab.rows.count_unsettled() and time.monotonic() < until:
            jobs = [job for job in jobs if not job.is_over()]
            while len(jobs) < 3:
                job = lab.nursery.start(
                    "jobs_account:run_with_short_minutes", minute=window
                )
                jobs.append(job)
            time.sleep(0.2)
        for job in jobs:
            job.is_over(20)
    finally:
        lab.nursery.call("jobs_account:limit", account="Main", minute=0)
    assert lab.reconcile().accepted == count
    moments = sorted(message.at for message in server.accepted)
    for first, beyond in zip(moments, moments[limit:], strict=False):
        assert beyond - first >= window
    assert len(moments) == count
    assert moments[-1] - moments[0] >= (count // limit - 1) * window
    assert {row.state for row in lab.rows.deliveries()} == {"sent"}
    # A worker that is slow with one message lets others pass, never a whole window.
    assert _out_of_place(server.accepted, addresses) < limit


def _out_of_place(accepted, addresses):
    """Return how far any message left from its place in the queue."""
    order = {address: number for number, address in enumerate(addresses)}
    arrived = [order[message.rcpt[0]] for message in accepted]
    return max(abs(number - place) for place, number in enumerate(arrived))
