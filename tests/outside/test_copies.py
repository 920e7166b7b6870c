"""T22 and T24: copies of a database send nothing; an upgrade changes no message."""

import pytest
from harness.nursery import Nursery
from harness.rows import Rows

from dev import database, odoo_process, template

STATES = (
    "held",
    "queued",
    "deferred",
    "sent",
    "delivered",
    "bounced",
    "failed",
    "uncertain",
    "cancelled",
)


@pytest.fixture
def copy(env, nursery, lab):
    """A copy of the database with messages in every state, as a restored backup or a
    staging database is one."""
    lab.log_in("mia", "geheim")
    lab.ask(3 * len(STATES), documents=9, ready=True)
    for number, state in enumerate(STATES):
        lab.rows.query(
            """UPDATE mailroom_delivery SET state = %s, hold_reason = %s
                WHERE id %% %s = %s""",
            *(state, "person" if state == "held" else None, len(STATES), number),
        )
    name = f"{nursery.database}_copy"
    database.drop(env, name)
    with database.connection(env) as cursor:
        # Not `clone`, which gives the copy an identity of its own.
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{nursery.database}"')
    yield name
    database.drop(env, name)


@pytest.fixture
def run_copy(env, copy, tmp_path):
    """Run the queue in the copy."""

    def run():
        copied = Nursery(env, copy, tmp_path)
        try:
            return copied.call("jobs:run")
        finally:
            copied.close()

    return run


def states(env, name):
    """Return what decides about the messages of a database."""
    rows = Rows(env.server.dsn(name)).deliveries()
    return [
        (r.id, r.state, r.hold_reason, r.ready, r.next_try, r.attempts, r.eml_sha256)
        for r in rows
    ]


def count_by_state(env, name):
    """Return how many messages of a database are in each state."""
    found = [state for _id, state, *_rest in states(env, name)]
    return {state: found.count(state) for state in set(found)}


def test_a_copy_sends_nothing_and_holds_what_waits(env, lab, copy, run_copy):
    server = lab.serve()
    run_copy()
    assert not server.connections
    counts = count_by_state(env, copy)
    assert counts["held"] == 9
    assert not {"queued", "deferred", "sending"} & set(counts)


def test_a_neutralized_copy_sends_nothing(env, lab, copy, run_copy, tmp_path):
    server = lab.serve()
    status = odoo_process.run(env, "neutralize", "-d", copy, log=tmp_path / "n.log")
    assert status == 0
    assert count_by_state(env, copy)["held"] == 9
    run_copy()
    assert not server.connections
    counts = count_by_state(env, copy)
    assert counts["held"] == 9
    secrets = Rows(env.server.dsn(copy)).query(
        "SELECT 1 FROM ir_mail_server "
        "WHERE smtp_pass IS NOT NULL OR mailroom_secret IS NOT NULL"
    )
    assert not secrets


def test_an_upgrade_changes_no_message_and_sends_none(env, lab, copy):
    server = lab.serve()
    before = states(env, copy)
    template.install(env, copy, ["-u", "mailroom"])
    assert states(env, copy) == before
    assert {state for _id, state, *_rest in before} == set(STATES)
    assert not server.connections
