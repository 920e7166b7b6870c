"""T20: how long the outbox tries, by letting the time pass."""

from datetime import timedelta

import pytest

BUSY = "450 4.2.0 mailbox busy"
MINUTES = (1, 5, 15, 30, 60, 120, 240)


def test_a_busy_mailbox_is_tried_as_the_schedule_says_for_three_days(lab):
    lab.serve(lambda step, _arg, _ctx: BUSY if step == "rcpt" else None)
    lab.ask(1)
    lab.run()
    waits = []
    while (row := lab.rows.deliveries()[0]).state == "deferred":
        wait = lab.rows.seconds_to_next_try()
        waits.append(wait)
        lab.rows.let_pass(timedelta(seconds=wait))
        lab.run()
    assert (row.state, row.reason) == ("failed", "gave_up")
    for number, wait in enumerate(waits):
        planned = 60 * MINUTES[min(number, len(MINUTES) - 1)]
        # The field keeps whole seconds.
        assert 0.8 * planned - 2 <= wait <= 1.2 * planned + 2
    assert timedelta(hours=64) < timedelta(seconds=sum(waits)) < timedelta(hours=72)
    assert len(lab.rows.query("SELECT 1 FROM mailroom_attempt")) == row.attempts
    assert lab.activities() == 1, "giving up is never silent"
    lab.reconcile()


def test_what_loses_its_point_is_given_up_in_time(lab):
    lab.serve(lambda step, _arg, _ctx: BUSY if step == "rcpt" else None)
    lab.ask(1)
    lab.rows.query(
        """UPDATE mailroom_delivery
              SET give_up_at = now() AT TIME ZONE 'UTC' + interval '10 minutes'"""
    )
    lab.run()
    lab.rows.let_pass(timedelta(minutes=2))
    lab.run()
    lab.rows.let_pass(timedelta(minutes=9))
    lab.run()
    [row] = lab.rows.deliveries()
    assert (row.state, row.reason) == ("failed", "gave_up")
    lab.reconcile()


@pytest.mark.parametrize("health", ("paused", "up"))
def test_what_waited_for_us_and_not_for_the_server_is_still_sent(lab, health):
    """A week without a password or with the program switched off is no reason to throw
    messages away that nobody ever tried to send."""
    server = lab.serve()
    lab.ask(2, documents=2, ready=True)
    lab.rows.query("UPDATE ir_mail_server SET mailroom_health = %s", health)
    lab.rows.let_pass(timedelta(days=7))
    if health == "paused":
        lab.run()
        assert not server.connections
        lab.resume()
    lab.run()
    assert lab.reconcile().accepted == 2


def test_a_server_out_of_reach_for_three_days_is_given_up(lab):
    lab.point("Main", 9)
    lab.ask(1)
    lab.run()
    for _each in range(6):
        lab.rows.let_pass(timedelta(hours=13))
        lab.run()
    [row] = lab.rows.deliveries()
    assert (row.state, row.reason, row.attempts) == ("failed", "gave_up", 0)
    lab.reconcile()
