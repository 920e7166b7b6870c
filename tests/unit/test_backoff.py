"""The waits are those of rule R7, over days and without surprises."""

import datetime
import random

import pytest

from tools.backoff import GIVE_UP_AFTER, cool_down, delay, expired, next_try

START = datetime.datetime(2025, 3, 28, 9, 0)
MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)


class Fixed:
    """A source of chance that always gives the same point of the range."""

    def __init__(self, part):
        self.part = part

    def uniform(self, low, high):
        return low + (high - low) * self.part


MIDDLE = Fixed(0.5)


@pytest.mark.parametrize(
    ("attempt", "minutes"),
    [(0, 1), (1, 1), (2, 5), (3, 15), (4, 30), (5, 60), (6, 120), (7, 240), (8, 240)],
)
def test_schedule(attempt, minutes):
    assert delay(attempt, MIDDLE) == minutes * MINUTE
    assert delay(attempt, Fixed(0)) == minutes * MINUTE * 0.8
    assert delay(attempt, Fixed(1)) == minutes * MINUTE * 1.2


def test_the_jitter_spreads_over_the_whole_range():
    source = random.Random(1)
    waits = [delay(7, source) / MINUTE for _round in range(1000)]
    assert 192 <= min(waits) < 195 and 285 < max(waits) <= 288


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, 1), (2, 2), (3, 5), (4, 10), (5, 15), (6, 30), (99, 30)],
)
def test_an_account_rests_longer_each_time_but_never_long(failures, minutes):
    assert cool_down(failures, MIDDLE) == minutes * MINUTE
    assert cool_down(failures, Fixed(1)) == minutes * MINUTE * 1.2


def tries_until_giving_up(source, deadline=None):
    """Run a clock from try to try; a message that never goes through."""
    now, attempt, times = START, 0, []
    while now is not None:
        times.append(now)
        attempt += 1
        now = next_try(now, attempt, START, source, deadline)
    return times


def test_four_days_in_the_middle_of_the_jitter():
    times = tries_until_giving_up(MIDDLE)
    minutes = [(time - START) / MINUTE for time in times]
    assert minutes[:8] == [0, 1, 6, 21, 51, 111, 231, 471]
    assert {b - a for a, b in zip(minutes[7:], minutes[8:], strict=False)} == {240}
    assert len(times) == 24


@pytest.mark.parametrize("seed", range(50))
def test_giving_up_comes_between_the_last_step_and_three_days(seed):
    times = tries_until_giving_up(random.Random(seed))
    assert all(time < START + GIVE_UP_AFTER for time in times)
    assert times[-1] > START + GIVE_UP_AFTER - 4 * HOUR * 1.2
    for attempt, (before, after) in enumerate(zip(times, times[1:], strict=False), 1):
        middle = delay(attempt, MIDDLE)
        assert middle * 0.8 <= after - before <= middle * 1.2


def test_a_booking_message_is_not_tried_at_or_after_the_start():
    deadline = START + 2 * HOUR
    times = tries_until_giving_up(MIDDLE, deadline)
    assert [(time - START) / MINUTE for time in times] == [0, 1, 6, 21, 51, 111]
    assert next_try(deadline - MINUTE, 1, START, MIDDLE, deadline) is None


def test_a_deadline_far_away_does_not_stretch_the_three_days():
    assert tries_until_giving_up(MIDDLE, START + 400 * HOUR) == tries_until_giving_up(
        MIDDLE
    )


def test_expired_at_the_limit():
    assert not expired(START + GIVE_UP_AFTER - MINUTE, START)
    assert expired(START + GIVE_UP_AFTER, START)
    assert expired(START + HOUR, START, START + HOUR)
    assert not expired(START, START, START + HOUR)


def test_the_change_to_summer_time_moves_nothing_with_aware_times():
    utc = datetime.timezone.utc
    night = datetime.datetime(2025, 3, 30, 0, 59, tzinfo=utc)
    assert next_try(night, 2, night, MIDDLE) - night == 5 * MINUTE
