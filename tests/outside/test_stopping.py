"""T5: an Odoo at work on the outbox is asked to stop, or comes to the time limit of its
crons: the message in hand is finished, nothing is left unsure."""

import signal
import time

import pytest
from fake_smtp import Sleep
from harness.servers import servers

from dev import odoo_process

MESSAGES = 150
# What a person who stops the service is willing to wait.
STOP_SECONDS = 30


def slow(step, _arg, _ctx):
    return Sleep(0.15) if step == "end" else None


@pytest.fixture
def start_server(env, nursery, tmp_path):
    """Start Odoo with one cron on the database of the fault tests."""
    with servers(env, nursery.database, tmp_path) as start:
        yield start


@pytest.mark.parametrize("workers", (0, 1))
def test_a_server_that_is_stopped_finishes_the_message_in_hand(
    lab, start_server, workers
):
    server = lab.serve(slow)
    process, log = start_server(f"--workers={workers}")
    lab.ask(MESSAGES)
    wait_for(server, 10, process, log)
    process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    process.wait(STOP_SECONDS + 30)
    assert time.monotonic() - began < STOP_SECONDS
    sent = len(server.accepted)
    assert sent < MESSAGES, "it was stopped in the middle"
    assert "uncertain" not in lab.rows.states().values()
    server.script = lambda *_step: None
    lab.settle(workers=2)
    assert lab.reconcile().accepted == MESSAGES


def test_no_cron_runs_into_the_time_limit(lab):
    lab.serve(slow)
    lab.ask(MESSAGES, ready=True)
    # Odoo calls a job with work left ten times; a process would be killed after these.
    loops, seconds = lab.nursery.call("jobs:cron", limit=20)
    assert loops > 1
    assert seconds < 14
    states = list(lab.rows.states().values())
    assert states.count("sent") > 20
    assert set(states) <= {"sent", "queued"}
    lab.reconcile()


def wait_for(server, count, process, log, seconds=150):
    """Wait until the server has so many messages."""
    until = time.monotonic() + seconds
    while len(server.accepted) < count:
        assert process.poll() is None, odoo_process.last_error(log)
        assert time.monotonic() < until, log.read_text()[-3000:]
        time.sleep(0.1)
