"""T6 to T8: the click itself, alone, twice at once, and when something else fails."""

import time

import pytest
from fake_smtp import Sleep
from harness.nursery import JobFailed


def test_eight_workers_share_four_hundred_rows(lab):
    server = lab.serve()
    lab.ask(400, ready=True)
    jobs = [lab.start(seconds=60) for _each in range(8)]
    handled = sum(job.result()[0] for job in jobs)
    lab.settle(workers=2)
    assert handled == 400
    assert {row.attempts for row in lab.rows.deliveries()} == {1}
    assert len(server.accepted) == 400
    assert lab.reconcile().accepted == 400


def test_a_row_that_somebody_holds_is_passed_over(lab):
    lab.serve()
    addresses = lab.ask(4, documents=4, ready=True)
    with lab.rows.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM mailroom_delivery WHERE address = %s FOR UPDATE",
            [addresses[0]],
        )
        lab.start(seconds=10).result(30)
        states = lab.rows.states()
        assert [states[a] for a in addresses] == ["queued", "sent", "sent", "sent"]
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 4


def test_two_clicks_at_once_are_one_message(lab):
    lab.serve()
    address = "twice@kund.example"
    first = lab.nursery.start("jobs_click:click", address=address, pause=1.5)
    time.sleep(0.7)
    second = lab.nursery.start("jobs_click:click", address=address)
    assert isinstance(first.result(), list)
    words = second.result()
    assert isinstance(words, str), "the second person must be told"
    assert "already on its way" in words
    lab.asked.append(address)
    lab.settle(workers=2)
    assert lab.reconcile().accepted == 1


def test_a_late_second_click_is_told_that_it_was_sent(lab):
    lab.serve()
    address = "again@kund.example"
    assert isinstance(lab.nursery.call("jobs_click:click", address=address), list)
    lab.asked.append(address)
    lab.settle(workers=1)
    words = lab.nursery.call("jobs_click:click", address=address)
    assert "already" in words
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 1


def test_a_request_that_odoo_runs_twice_sends_once(lab):
    server = lab.serve()
    address = "conflict@kund.example"
    runs = lab.nursery.call("jobs_click:click_with_conflict", address=address)
    assert runs == 2
    assert server.connections == 0, "no network before the commit"
    lab.asked.append(address)
    assert len(lab.rows.deliveries()) == 1
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 1


@pytest.mark.parametrize("where", ("request", "savepoint"))
def test_what_is_rolled_back_is_never_sent(lab, where):
    server = lab.serve()
    arguments = {"address": "undone@kund.example", "where": where}
    job = lab.nursery.start("jobs_click:click_and_fail", **arguments)
    if where == "request":
        with pytest.raises(JobFailed, match="ZeroDivisionError"):
            job.result()
    else:
        job.result()
    lab.run()
    assert not lab.rows.deliveries()
    assert server.connections == 0
    lab.reconcile()


def test_what_was_committed_is_sent_even_if_something_fails_afterwards(lab):
    lab.serve()
    address = "late@kund.example"
    job = lab.nursery.start(
        "jobs_click:click_and_fail", address=address, where="postcommit"
    )
    with pytest.raises(JobFailed, match="ZeroDivisionError"):
        job.result()
    lab.asked.append(address)
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 1


def test_two_retries_at_once_are_one_message(lab):
    lab.serve(lambda step, _arg, _ctx: "550 5.1.1 no" if step == "rcpt" else None)
    [address] = lab.ask(1)
    lab.settle(workers=1)
    lab.serve(lambda step, _arg, _ctx: Sleep(0.1) if step == "end" else None)
    jobs = [lab.nursery.start("jobs:retry", addresses=[address]) for _each in range(3)]
    failures = 0
    for job in jobs:
        try:
            job.result()
        except JobFailed:
            failures += 1
    assert failures == 2
    lab.asked.append(address)
    lab.settle(workers=2)
    assert lab.reconcile().accepted == 1
