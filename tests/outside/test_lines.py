"""T2: the line breaks, at every place where it can."""

import time

import pytest
from fake_smtp import DROP, RST, SILENCE, Drip, DropBody, Sleep
from harness.scripts import At

# A worker that would be killed after so many seconds.
BUDGET = 17


@pytest.mark.parametrize("action", (DROP, RST))
@pytest.mark.parametrize("step", ("connect", "ehlo", "mail", "rcpt", "data"))
def test_a_line_lost_before_the_final_dot_means_not_sent(lab, step, action):
    number = 1 if step in ("connect", "ehlo") else 2
    lab.serve(At(step, action, number))
    lab.ask(3, documents=3)
    lab.run()
    assert "uncertain" not in lab.rows.states().values()
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 3


@pytest.mark.parametrize("reset", (False, True))
@pytest.mark.parametrize("part", (0, 1, 6 * 2**20))
def test_half_a_message_is_no_message(lab, part, reset):
    lab.serve(At("body", DropBody(part, reset)))
    # More than the two systems' buffers take, so that the worker notices in time.
    lab.ask(1, megabytes=16)
    lab.run()
    assert list(lab.rows.states().values()) == ["deferred"]
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 1


@pytest.mark.parametrize("part", (1, 0.5, 1.0))
def test_nobody_knows_how_much_of_a_small_message_arrived(lab, part):
    server = lab.serve(At("block", lambda size, _ctx: sizes.append(size), times=999))
    sizes = []
    lab.ask(1)
    lab.settle(workers=1)
    size = 1 if part == 1 else int(sizes[-1] * part)
    server.script = At("body", DropBody(size))
    lab.ask(1)
    lab.settle(workers=1)
    assert set(lab.rows.states().values()) <= {"sent", "uncertain"}
    lab.reconcile()


@pytest.mark.parametrize("action", (DROP, RST))
def test_a_line_lost_after_the_final_dot_is_unsure_and_never_sent_again(lab, action):
    server = lab.serve(At("end", action, 2))
    addresses = lab.ask(3, documents=3)
    lab.settle(workers=1)
    assert lab.rows.states()[addresses[1]] == "uncertain"
    assert len(server.accepted) == 3
    for _again in range(3):
        lab.run()
    assert lab.reconcile().uncertain == 1


def test_nobody_listens(lab):
    lab.point("Main", 9)
    lab.ask(3, documents=3)
    lab.run()
    assert set(lab.rows.states().values()) == {"queued"}
    assert lab.account().mailroom_health == "cooling"
    lab.serve()
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 3


@pytest.mark.parametrize(
    ("step", "action", "state"),
    [
        ("connect", SILENCE, "queued"),
        ("ehlo", Drip(1), "queued"),
        ("rcpt", Drip(2, "250 2.1.5 a long time to say so little"), "deferred"),
        ("end", Sleep(BUDGET + 10), "uncertain"),
    ],
)
def test_no_run_lasts_longer_than_the_process_may_live(lab, step, action, state):
    lab.serve(At(step, action))
    addresses = lab.ask(2, documents=2)
    began = time.monotonic()
    lab.run(seconds=5, hard_seconds=BUDGET)
    assert time.monotonic() - began < BUDGET
    assert lab.rows.states()[addresses[0]] == state
    lab.settle(workers=1)
    assert lab.reconcile().accepted == 2


def test_a_server_that_takes_and_never_answers_gets_one_message_not_all(lab):
    server = lab.serve(At("end", DROP, 1, times=100))
    lab.ask(10, documents=10)
    lab.run()
    assert len(server.accepted) == 1
    assert lab.account().mailroom_health == "cooling"
    assert list(lab.rows.states().values()).count("uncertain") == 1
    lab.reconcile()


def test_an_idle_line_that_the_server_closed_is_opened_again_without_a_word(lab):
    server = lab.serve(At("mail", DROP, 3))
    lab.ask(6, documents=6)
    lab.run()
    assert set(lab.rows.states().values()) == {"sent"}
    assert server.connections == 2
    assert {row.attempts for row in lab.rows.deliveries()} == {1}
    lab.reconcile()
