"""Tell a person what takes so long."""

import sys
import threading
import time
from contextlib import contextmanager

QUIET_INTERVAL = 30
LIVE_INTERVAL = 1


def say(text: str) -> None:
    """Print one line for the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(label: str):
    """Show that a long step runs, for how long, and how long it took.

    On a terminal the line counts the seconds; in a log file a line appears every
    half minute, so that neither looks dead.

    :param label: what is being done, as a sentence without a full stop.
    """
    ticker = _Ticker(label)
    ticker.start()
    try:
        yield ticker
    except BaseException:
        ticker.finish("failed after")
        raise
    ticker.finish("done in")


class _Ticker(threading.Thread):
    """Repeats the line of a running step until it is finished."""

    def __init__(self, label: str):
        super().__init__(daemon=True)
        self.label = label
        self.detail = ""
        self.began = time.monotonic()
        self.over = threading.Event()
        self.live = sys.stderr.isatty()

    def run(self):
        if not self.live:
            say(f"{self.label} …")
        while not self.over.wait(LIVE_INTERVAL if self.live else QUIET_INTERVAL):
            self._show()

    def _show(self):
        line = f"{self.label} … {self._seconds()} s {self.detail}".rstrip()
        if self.live:
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
        else:
            say(line)

    def _seconds(self) -> int:
        return round(time.monotonic() - self.began)

    def finish(self, word: str):
        """Stop repeating and leave one closing line.

        :param word: how it ended, put before the number of seconds.
        """
        self.over.set()
        self.join()
        start = "\r\033[K" if self.live else ""
        say(f"{start}{self.label}: {word} {self._seconds()} s")
