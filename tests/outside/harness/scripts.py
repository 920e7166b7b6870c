"""Scripts for the server: misbehave at one step, for the so manieth time."""

import threading
from collections import Counter


class At:
    """Do something when a step comes for the n-th time, or some times from then on.

    :param str step: as ``fake_smtp`` names it
    :param action: what the script returns then, or a function of ``(arg, ctx)``
    :param int number: from which time on
    :param int times: how often
    """

    def __init__(self, step, action, number=1, times=1):
        self.step = step
        self.action = action
        self.turns = range(number, number + times)
        self.seen = 0
        self.lock = threading.Lock()

    def __call__(self, step, arg, ctx):
        if step != self.step:
            return None
        with self.lock:
            self.seen += 1
            if self.seen not in self.turns:
                return None
        return self.action(arg, ctx) if callable(self.action) else self.action


class For:
    """Answer by recipient: ``{(step, address): action}``, each so often; an action may
    be a function of ``ctx``.

    :param int times: how often each is done; then the server is healthy
    """

    def __init__(self, actions, times=1):
        self.actions = actions
        self.times = times
        self.done = Counter()

    def __call__(self, step, arg, ctx):
        for address in [arg.partition("<")[2][:-1]] if step == "rcpt" else ctx["rcpt"]:
            key = (step, address)
            if key in self.actions and self.done[key] < self.times:
                self.done[key] += 1
                action = self.actions[key]
                return action(ctx) and None if callable(action) else action
        return None
