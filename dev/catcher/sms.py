"""Caught text messages, kept as files beside the mails."""

import json
import os
import threading
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from tools.sms_text import measure

POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Sms:
    """A text message; `gateway` tells whose account handed it in, `key` is the sender's
    own identifier of it."""

    number: int
    received: str
    to: str
    sender: str
    text: str
    key: str = ""
    gateway: str = ""

    @property
    def parts(self) -> int:
        """How many text messages a phone company would charge."""
        return measure(self.text).parts

    def summary(self) -> dict:
        """Return it as plain JSON values."""
        length = measure(self.text)
        values = asdict(self)
        values["id"] = values.pop("number")
        return {**values, "parts": length.parts, "alphabet": length.alphabet}


@dataclass(frozen=True)
class SmsStore:
    """A folder of caught text messages, numbered in the order they came."""

    folder: Path
    _lock = threading.Lock()

    def add(self, to: str, sender: str, text: str, key: str, gateway: str) -> Sms:
        """Keep one; the same key of the same gateway is the same message."""
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        with self._lock:
            known = self.messages()
            for sms in known:
                if key and (sms.key, sms.gateway) == (key, gateway):
                    return sms
            number = known[0].number + 1 if known else 1
            sms = Sms(number, now, to, sender, text, key, gateway)
            self.folder.mkdir(parents=True, exist_ok=True)
            # Whole or not at all: readers may look at any moment.
            passing = self.folder / "passing"
            passing.write_text(json.dumps(asdict(sms)))
            os.replace(passing, self.folder / f"{number:06}.json")
        return sms

    def messages(self) -> list[Sms]:
        """Return all, newest first."""
        files = sorted(self.folder.glob("*.json"), reverse=True)
        return [Sms(**json.loads(file.read_text())) for file in files]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            for file in self.folder.glob("*.json"):
                file.unlink()

    def wait(self, count: int = 1, seconds: float = 30, to: str = "") -> list[Sms]:
        """Wait until enough have come, and return them oldest first.

        :param count: how many.
        :param seconds: how long to wait.
        :param to: only those to this number.
        :raises TimeoutError: fewer came in time; the text lists what did come.
        """
        end = time.monotonic() + seconds
        while True:
            messages = self.messages()[::-1]
            found = [sms for sms in messages if not to or sms.to == to]
            if len(found) >= count:
                return found
            if time.monotonic() > end:
                came = [(sms.to, sms.text) for sms in messages]
                raise TimeoutError(f"{len(found)} of {count} SMS to {to}; all: {came}")
            time.sleep(POLL_SECONDS)
