"""When to try again."""

import datetime

# RFC 5321 4.5.4.1 asks for half an hour between tries; ours start sooner because we
# hand over to a relay that is meant to be there.
_MINUTES = (1, 5, 15, 30, 60, 120, 240)
_ACCOUNT_MINUTES = (1, 2, 5, 10, 15, 30)
_JITTER = 0.2
GIVE_UP_AFTER = datetime.timedelta(hours=72)


def delay(attempt, random):
    """Give the wait after a try that was put off.

    :param int attempt: how many tries there have been, from 1
    :param random.Random random: source of the jitter
    :return: 1, 5, 15, 30 min, 1, 2, 4 h, then always 4 h, give or take a fifth
    :rtype: datetime.timedelta
    """
    return _step(_MINUTES, attempt, random)


def cool_down(failures, random):
    """Give the rest of an account whose server could not be reached.

    :param int failures: how often in a row, from 1
    :param random.Random random: source of the jitter
    :return: 1, 2, 5, 10, 15, then always 30 min, give or take a fifth
    :rtype: datetime.timedelta
    """
    return _step(_ACCOUNT_MINUTES, failures, random)


def next_try(now, attempt, first_at, random, deadline=None):
    """Give the time of the next try, or None when there is none left.

    :param datetime.datetime now: the present, all times in the same clock
    :param int attempt: how many tries there have been, from 1
    :param datetime.datetime first_at: when the message was due first
    :param random.Random random: source of the jitter
    :param datetime.datetime deadline: when it loses its point, e.g. a booking's start;
        None: three days after ``first_at``
    :rtype: datetime.datetime or None
    """
    when = now + delay(attempt, random)
    return None if expired(when, first_at, deadline) else when


def expired(now, first_at, deadline=None):
    """Tell whether a message has waited too long to be sent any more.

    :param datetime.datetime now: the time to judge
    :param datetime.datetime first_at: when the message was due first
    :param datetime.datetime deadline: as in ``next_try``
    :rtype: bool
    """
    limit = first_at + GIVE_UP_AFTER
    return now >= (min(limit, deadline) if deadline else limit)


def _step(minutes, count, random):
    base = minutes[min(max(count, 1), len(minutes)) - 1]
    return datetime.timedelta(minutes=base * random.uniform(1 - _JITTER, 1 + _JITTER))
