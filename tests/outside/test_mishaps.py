"""Whatever happens to one message, the database or one account: the others go on, and
what is known is written down (D7, R4, R6, R9, R12)."""

import time

import pytest
from fake_smtp import Sleep
from harness.nursery import JobFailed
from harness.scripts import At, For


def test_a_database_that_goes_away_after_the_handover_is_told_later(lab):
    def cut(_arg, _ctx):
        lab.cut_database()

    server = lab.serve(At("end", cut, 2))
    addresses = lab.ask(3, documents=3)
    lab.run()
    assert len(server.accepted) == 3
    assert [lab.rows.states()[a] for a in addresses] == ["sent"] * 3
    assert lab.reconcile().uncertain == 0


def test_a_worker_taken_for_dead_settles_what_it_knows(lab):
    def cut(_arg, _ctx):
        lab.cut_database()
        lab.run()
        seen.extend(lab.rows.states().values())

    seen = []
    lab.serve(At("end", cut))
    lab.ask(1)
    lab.run()
    assert seen == ["uncertain"], "another worker saw a dead one"
    assert list(lab.rows.states().values()) == ["sent"]
    assert lab.reconcile().uncertain == 0


def test_a_database_that_goes_away_before_the_handover_costs_nothing(lab):
    server = lab.serve(At("rcpt", lambda _arg, _ctx: lab.cut_database(), 2))
    lab.ask(3, documents=3)
    with pytest.raises(JobFailed, match="OperationalError"):
        lab.run()
    assert len(server.accepted) == 1
    lab.settle(workers=1)
    assert len(server.accepted) == 3
    assert lab.reconcile().uncertain == 0


def test_a_message_that_kills_its_worker_does_not_block_the_others(lab):
    addresses = lab.ask(6, documents=6)
    # Every worker that comes to the first recipient dies.
    lab.serve(
        For({("rcpt", addresses[0]): lambda ctx: lab.kill_client(ctx)}, times=1000)
    )
    for _life in range(8):
        lab.live_and_die()
    states = lab.rows.states()
    assert [states[address] for address in addresses[1:]] == ["sent"] * 5
    assert states[addresses[0]] == "deferred"
    lab.run()
    lab.reconcile()


def test_a_frozen_message_that_is_lost_fails_alone_and_can_be_made_again(lab):
    lab.serve()
    addresses = lab.ask(4, documents=4, ready=True)
    lab.rows.query(
        """UPDATE ir_attachment SET store_fname = 'aa/gone', db_datas = NULL
            WHERE res_model = 'mailroom.delivery' AND res_id =
                  (SELECT id FROM mailroom_delivery WHERE address = %s)""",
        addresses[1],
    )
    lab.settle(workers=1)
    states = lab.rows.states()
    assert [states[a] for a in addresses] == ["sent", "failed", "sent", "sent"]
    lab.retry(addresses[1])
    lab.settle(workers=1)
    assert set(lab.rows.states().values()) == {"sent"}
    assert lab.reconcile().accepted == 4


def test_a_frozen_message_that_was_altered_does_not_leave(lab):
    server = lab.serve()
    addresses = lab.ask(2, documents=2, ready=True)
    lab.nursery.call("jobs:alter", address=addresses[0])
    lab.settle(workers=1)
    states = lab.rows.states()
    assert [states[a] for a in addresses] == ["failed", "sent"]
    assert not any(b"altered" in message.data for message in server.accepted)
    lab.reconcile()


def test_without_an_account_messages_wait_and_a_deleted_document_holds_nobody(lab):
    server = lab.serve()
    lab.rows.query("UPDATE ir_mail_server SET active = FALSE")
    addresses = lab.ask(3, documents=3)
    lab.run()
    assert set(lab.rows.states().values()) == {"held"}
    lab.reconcile()

    lab.nursery.call("jobs_click:delete_first_order")
    lab.rows.query("UPDATE ir_mail_server SET active = TRUE WHERE name = 'Main'")
    lab.settle(workers=1)
    lab.run()
    lab.settle(workers=1)
    states = lab.rows.states()
    assert [states[a] for a in addresses] == ["failed", "sent", "sent"]
    assert len(server.accepted) == 2
    lab.reconcile()

    # Trying again cannot help, and must not leave a row that waits for nobody.
    lab.retry(addresses[0])
    lab.settle(workers=1)
    assert lab.rows.states()[addresses[0]] == "failed"
    lab.reconcile()


def test_a_broken_account_does_not_delay_the_others(lab):
    good, slow = (
        lab.serve(account=None),
        lab.serve(
            lambda step, _arg, _ctx: "421 4.3.2 closing" if step == "connect" else None,
            account=None,
        ),
    )
    asked = lab.nursery.call(
        "jobs_click:seed_companies", accounts={"gut": good.port, "weg": slow.port}
    )
    lab.asked += asked
    lab.run()
    states = lab.rows.states()
    assert {states[a] for a in asked if asked[a] == "gut"} == {"sent"}
    assert {states[a] for a in asked if asked[a] == "weg"} == {"queued"}
    lab.reconcile()


def test_each_company_s_mail_leaves_through_its_own_account_or_not_at_all(lab):
    north, south = lab.serve(account=None), lab.serve(account=None)
    asked = lab.nursery.call(
        "jobs_click:seed_companies",
        accounts={"nord": north.port, "syd": south.port, "utan": None},
    )
    lab.asked += asked
    lab.run()
    states = lab.rows.states()
    for server, company in ((north, "nord"), (south, "syd")):
        got = {address for message in server.accepted for address in message.rcpt}
        assert got == {address for address in asked if asked[address] == company}
        assert {m.sender for m in server.accepted} == {f"post@{company}.example"}
    assert {states[a] for a in asked if asked[a] == "utan"} == {"held"}
    assert lab.reconcile().accepted == 20


def test_cancelling_wins_or_comes_too_late_but_never_both(lab):
    server = lab.serve(lambda step, _arg, _ctx: Sleep(0.02) if step == "end" else None)
    addresses = lab.ask(40, documents=10, ready=True)
    worker = lab.start(seconds=30)
    while len(server.accepted) < 10:
        time.sleep(0.01)
    lab.nursery.call("jobs:cancel", addresses=addresses)
    worker.result()
    lab.settle(workers=1)
    states = list(lab.rows.states().values())
    assert states.count("cancelled") + states.count("sent") == 40
    assert states.count("cancelled") > 5
    assert lab.reconcile().accepted == states.count("sent")
