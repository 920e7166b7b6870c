"""Two people set the same rule off at the same moment: one message."""

import time


def _two_at_once(lab, job):
    lab.serve()
    first_order, second_order = lab.nursery.call("jobs_rules:set_up")
    order = first_order if job == "move" else second_order
    jobs = []
    for pause in (2, 1):
        jobs.append(lab.nursery.start(f"jobs_rules:{job}", order_id=order, pause=pause))
        time.sleep(0.3)
    runs = [started.result() for started in jobs]
    assert sum(runs) > 2, "the two did not meet: nothing was tested"
    lab.asked += ["kund@kund.example"]
    lab.settle(workers=2)
    assert len(lab.rows.deliveries()) == 1
    assert lab.reconcile().accepted == 1


def test_two_users_move_the_same_order_at_once(lab):
    _two_at_once(lab, "move")


def test_two_requests_fire_the_same_rule_at_once(lab):
    _two_at_once(lab, "fire")
