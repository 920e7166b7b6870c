"""T9 and T10 for a batch, and a batch that is killed, paused, or run by several."""

import os
import random
import threading

import pytest
from harness.printer import CRASH, HANG
from harness.scripts import For
from harness.tally import SEED, TALLY
from test_pdf import BATCH, GROUP_SECONDS, INVOICES, SECONDS_EACH, assert_own_pdf

# A batch that is killed again and again.
SMALL = int(os.environ.get("MAILROOM_BATCH_KILLED", "60"))
KILLS_EACH = 3
# Where a worker dies: while it puts lines into the outbox, makes messages ready, hands
# one over, tells the documents, and calls the batch finished.
POINTS = ("stepping", "making", "marked", "recording", "recorded", "told", "finishing")


def test_five_bad_documents_are_explained_and_all_others_leave(lab):
    good = [f"b{number:03}@kund.example" for number in range(BATCH - 2)]
    crash, hang, refused = good[3], good[7], good[30]
    notes = {crash: f"Note {CRASH}", hang: f"Note {HANG}"}
    server = lab.serve(For({("rcpt", refused): "550 5.1.1 unknown"}))
    emails = [*good, "", "nobody at home"]
    orders = lab.nursery.call("jobs_batch:make_orders", emails=emails, notes=notes)
    numbers = {email: number for email, (_id, number) in orders.items()}

    batch, lights = start(lab, [identifier for identifier, _number in orders.values()])

    unseen = {numbers[""], numbers["nobody at home"]}
    assert {number for number, light in lights.items() if light == "red"} == unseen
    lab.asked += good
    lab.nursery.start(
        "jobs_pdf:run_with_limit",
        seconds_each=SECONDS_EACH,
        group_seconds=GROUP_SECONDS,
    ).result(900)

    state, lines = lab.nursery.call("jobs_batch:read_batch", batch_id=batch)
    bad = {crash, hang, refused, "", "nobody at home"}
    failed = {n: words for n, (result, words) in lines.items() if result == "failed"}
    assert state == "done"
    assert set(failed) == {numbers[email] for email in bad}
    assert all(failed.values()), "each says why"
    assert len(set(failed.values())) >= 4
    sent = [number for number, (result, _words) in lines.items() if result == "sent"]
    assert len(sent) == BATCH - 5
    assert lab.reconcile().accepted == BATCH - 5
    owners = {email: [numbers[email]] for email in set(good) - bad}
    assert_own_pdf(server, owners, r"S\d{5}")


def test_everybody_gets_his_own_invoice_of_a_batch(lab):
    server = lab.serve()
    pages = [1 + number % 3 for number in range(INVOICES)]
    random.Random(f"{SEED}batch").shuffle(pages)
    job = lab.nursery.start("jobs_pdf:seed_invoices", pages=pages, batch=True)
    owners = job.result(600)
    lab.asked += owners
    lab.settle(workers=2, seconds=600)
    assert lab.reconcile().accepted == INVOICES
    lengths = assert_own_pdf(server, owners, r"INV/\d{4}/\d{5}|Q\d{3}X")
    assert set(lengths) == {1, 2, 3}


@pytest.mark.parametrize("point", POINTS)
def test_a_batch_goes_on_where_its_worker_was_killed(lab, point):
    lab.serve()
    before, chance = TALLY.kills, random.Random(f"{SEED}{point}")
    batch = ask(lab, SMALL)

    def die():
        enough = TALLY.kills - before >= KILLS_EACH
        # A batch ends once.
        turn = 1 if point == "finishing" else chance.randint(1, 2)
        return None if enough else [point, turn]

    lab.settle(workers=2, die=die, seconds=300)

    kills = TALLY.kills - before
    verdict = lab.reconcile()
    assert kills, "somebody died"
    assert verdict.uncertain <= kills
    # What kills its worker three times is given up, and says so.
    assert verdict.failed == 0 or point == "making"
    state, lines = lab.nursery.call("jobs_batch:read_batch", batch_id=batch)
    results = [result for result, _words in lines.values()]
    assert state == "done"
    assert results.count("sent") == SMALL - verdict.uncertain - verdict.failed
    assert results.count("uncertain") == verdict.uncertain


def test_two_workers_share_a_batch(lab):
    server = lab.serve()
    batch = ask(lab, SMALL)
    lab.settle(workers=2)
    assert lab.reconcile().accepted == SMALL == len(server.accepted)
    state, lines = lab.nursery.call("jobs_batch:read_batch", batch_id=batch)
    assert state == "done"
    assert {result for result, _words in lines.values()} == {"sent"}


def test_a_paused_batch_lets_nothing_more_leave_until_it_is_resumed(lab):
    presser = Presser(lab, "pause", after=10)
    server = lab.serve(presser)
    presser.batch = batch = ask(lab, SMALL)
    lab.run()

    sent = len(server.accepted)
    # The message at hand when somebody presses goes through.
    assert 10 <= sent <= 11
    state, _lines = lab.nursery.call("jobs_batch:read_batch", batch_id=batch)
    assert state == "paused"
    lab.run()
    assert len(server.accepted) == sent, "it stays paused"

    lab.nursery.call("jobs_batch:press", batch_id=batch, button="resume")
    lab.settle(workers=2)
    assert lab.reconcile().accepted == SMALL


def test_what_is_cancelled_in_the_middle_does_not_leave(lab):
    presser = Presser(lab, "cancel", after=10)
    server = lab.serve(presser)
    presser.batch = batch = ask(lab, SMALL)
    lab.settle(workers=1)

    assert 10 <= len(server.accepted) <= 11
    # Lines that were not in the outbox yet are cancelled in the batch alone.
    lab.asked = [address for address in lab.asked if address in lab.rows.states()]
    lab.reconcile()
    state, lines = lab.nursery.call("jobs_batch:read_batch", batch_id=batch)
    results = [result for result, _words in lines.values()]
    assert state == "cancelled"
    assert results.count("sent") == len(server.accepted)
    assert results.count("cancelled") == SMALL - len(server.accepted)


class Presser:
    """A script that presses a button of a batch once so many messages were taken.

    :ivar batch: id of the batch
    """

    def __init__(self, lab, button, after):
        self.lab = lab
        self.button = button
        self.after = after
        self.batch = None
        self.lock = threading.Lock()

    def __call__(self, step, _arg, _ctx):
        if step != "end":
            return
        with self.lock:
            self.after -= 1
            if self.after == 0:
                self.lab.nursery.call(
                    "jobs_batch:press", batch_id=self.batch, button=self.button
                )


def start(lab, ids, **options):
    """Start a batch of these documents.

    :return: its id, and the light of each document
    """
    return lab.nursery.start("jobs_batch:start_batch", ids=ids, **options).result(600)


def ask(lab, count):
    """Start a batch of words about so many new quotations; return its id."""
    emails = [f"p{number:03}@kund.example" for number in range(count)]
    orders = lab.nursery.call("jobs_batch:make_orders", emails=emails)
    lab.asked += emails
    batch, _lights = start(lab, [key for key, _number in orders.values()], words=True)
    return batch
