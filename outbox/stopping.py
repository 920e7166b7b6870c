"""Let the message in hand finish when the server is asked to stop."""

import signal
import threading

from odoo.service.server import CommonServer

# A stopping server waits this many seconds for the messages in hand.
PATIENCE = 15

_stopping = threading.Event()
_changed = threading.Condition()
_in_hand = 0


def server_stops():
    """Return whether the server was asked to stop: start nothing new."""
    return _stopping.is_set() or _worker_process_stops()


def _worker_process_stops():
    # With several processes only the first is told by `on_stop`; a cron process has
    # nothing but its signal handler, a method of the worker that knows.
    handler = signal.getsignal(signal.SIGINT)
    return not getattr(getattr(handler, "__self__", None), "alive", True)


class Busy:
    """Context of handing one message over; a stopping server waits for its end."""

    def __enter__(self):
        self._count(1)
        return self

    def __exit__(self, *_exception):
        self._count(-1)

    def _count(self, step):
        global _in_hand
        with _changed:
            _in_hand += step
            _changed.notify_all()


def _stop():
    _stopping.set()
    with _changed:
        _changed.wait_for(lambda: not _in_hand, timeout=PATIENCE)


CommonServer.on_stop(_stop)
