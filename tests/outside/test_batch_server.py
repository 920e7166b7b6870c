"""A real server is killed in the middle of a batch and started again."""

import signal

from fake_smtp import Sleep
from test_batch import SMALL, ask
from test_stopping import start_server, wait_for

__all__ = ["start_server"]


def slow(step, _arg, _ctx):
    return Sleep(0.1) if step == "end" else None


def test_a_killed_server_finishes_its_batch_when_it_is_started_again(lab, start_server):
    server = lab.serve(slow)
    process, log = start_server()
    batch = ask(lab, SMALL)
    wait_for(server, 10, process, log)
    process.send_signal(signal.SIGKILL)
    process.wait()
    sent = len(server.accepted)
    assert sent < SMALL, "it was killed in the middle"

    server.script = lambda *_step: None
    process, log = start_server()
    # One message may have been in its hands.
    wait_for(server, SMALL - 1, process, log)
    lab.wait_until_told()

    verdict = lab.reconcile()
    assert verdict.uncertain <= 1
    assert verdict.accepted >= SMALL - 1
    state, lines = lab.nursery.call("jobs_batch:read_batch", batch_id=batch)
    assert state == "done"
    assert {result for result, _words in lines.values()} <= {"sent", "uncertain"}
