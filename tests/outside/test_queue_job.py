"""Mailroom in a database with OCA's job engine: the queue runs as its jobs, on several
workers, without a setting. The engine itself is real: its runner, its channels."""

import signal
import time

import pytest
from conftest import passing_database
from fake_smtp import Sleep
from harness.lab import Lab
from harness.nursery import Nursery
from harness.rows import Rows
from harness.servers import servers
from test_batch import SMALL, ask
from test_stopping import wait_for

from dev import queue_job, template

SECONDS = 300


@pytest.fixture(scope="module")
def job_env(env):
    """The environment with the job engine."""
    return queue_job.with_engine(env)


@pytest.fixture(scope="module")
def job_nursery(job_env, plain_source, tmp_path_factory):
    """Forks processes that ask for messages; it runs no jobs itself."""
    with passing_database(job_env, plain_source) as name:
        template.install(job_env, name, ["-i", "queue_job"])
        nursery = Nursery(job_env, name, tmp_path_factory.mktemp("job-nursery"))
        nursery.rows = Rows(job_env.server.dsn(name))
        try:
            nursery.warm_up("jobs:prepare")
            yield nursery
        finally:
            nursery.close()


@pytest.fixture
def lab(job_nursery):
    """An empty outbox and no jobs."""
    job_nursery.rows.clean()
    job_nursery.rows.query("DELETE FROM queue_job")
    lab = Lab(job_nursery, job_nursery.rows)
    yield lab
    lab.close()


@pytest.fixture
def start_server(job_env, job_nursery, tmp_path):
    """Start an Odoo with the engine's runner in it."""
    engine = "--load=base,web,queue_job"
    with servers(job_env, job_nursery.database, tmp_path, engine) as start:
        yield start


def slow(step, _arg, _ctx):
    return Sleep(0.1) if step == "end" else None


def watch(step, ctx, busy, most_busy):
    """Note which sessions are in the middle of a message, and how many those were."""
    if step == "mail":
        busy.add(ctx["number"])
    elif step == "end":
        most_busy.add(len(busy))
        busy.discard(ctx["number"])
    return slow(step, None, ctx)


def wait_until_done(lab, log):
    """Wait until the queue has nothing more to do and every job has ended."""
    until = time.monotonic() + SECONDS
    while lab.rows.count_unsettled() or open_jobs(lab):
        assert time.monotonic() < until, (lab.rows.unsettled(), log.read_text()[-4000:])
        time.sleep(0.2)


def open_jobs(lab):
    """Return the jobs that have not ended."""
    return lab.rows.query(
        "SELECT * FROM queue_job WHERE state NOT IN ('done', 'cancelled', 'failed')"
    )


def ended_jobs(lab):
    """Return ``[(method, channel, state)]`` of the jobs that there were."""
    return [
        (job.method_name, job.channel, job.state)
        for job in lab.rows.query("SELECT * FROM queue_job")
    ]


def test_a_batch_leaves_through_jobs_with_a_channel_for_each_account(lab, start_server):
    lab.serve()
    _process, log = start_server()
    batch = ask(lab, SMALL)
    wait_until_done(lab, log)

    assert lab.reconcile().accepted == SMALL
    state, lines = lab.nursery.call("jobs_batch:read_batch", batch_id=batch)
    assert state == "done"
    assert {result for result, _words in lines.values()} == {"sent"}
    jobs = ended_jobs(lab)
    account = lab.account().id
    assert {state for _method, _channel, state in jobs} == {"done"}
    assert {(method, channel) for method, channel, _state in jobs} == {
        ("_job_make", "root.mailroom.make"),
        ("_job_hand_over", f"root.mailroom.ir_mail_server_{account}"),
    }
    # A few jobs that work for a while, not one for each message.
    assert len(jobs) < SMALL / 2


def test_jobs_of_one_account_do_not_talk_to_its_server_at_once(lab):
    busy, most_busy = set(), set()
    lab.serve(lambda step, _arg, ctx: watch(step, ctx, busy, most_busy))
    lab.ask(20, ready=True)
    errands = [lab.nursery.start("jobs:run_errand") for _each in range(3)]
    results = [errand.result(SECONDS) for errand in errands]
    assert most_busy == {1}
    # Whoever comes when another is at it leaves the work, and what is left, to that.
    assert sorted(map(tuple, results)) == [(0, 0), (0, 0), (20, 0)]
    assert lab.reconcile().accepted == 20


def test_a_killed_server_loses_and_doubles_nothing(lab, start_server):
    server = lab.serve(slow)
    process, log = start_server()
    batch = ask(lab, SMALL)
    wait_for(server, 10, process, log)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(server.accepted) < SMALL, "it was killed in the middle"

    server.script = lambda *_step: None
    _process, log = start_server()
    wait_until_done(lab, log)

    verdict = lab.reconcile()
    # One message was being handed over, however many jobs there were.
    assert verdict.uncertain <= 1
    assert verdict.accepted >= SMALL - 1
    state, _lines = lab.nursery.call("jobs_batch:read_batch", batch_id=batch)
    assert state == "done"


def test_the_cron_does_the_work_when_nobody_runs_jobs(lab):
    lab.serve()
    ask(lab, 5)
    lab.nursery.call("jobs:hand_out")
    assert len(open_jobs(lab)) == 1
    lab.nursery.call("jobs:hand_out")
    assert len(open_jobs(lab)) == 1, "one that has not begun is enough"
    assert not lab.accepted
    lab.rows.query("UPDATE queue_job SET date_created = date_created - '1h'::interval")
    for _run in range(3):
        lab.nursery.call("jobs:hand_out")
    assert lab.reconcile().accepted == 5
