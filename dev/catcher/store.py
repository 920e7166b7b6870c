"""Caught mails as files: the bytes as they came, and the envelope beside them."""

import itertools
import json
import os
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from dev.catcher.mail import Mail
from dev.catcher.sms import SmsStore

POLL_SECONDS = 0.1


@dataclass(frozen=True)
class MailStore:
    """A folder of caught mails, numbered in the order they came."""

    folder: Path
    _lock = threading.Lock()

    @property
    def sms(self) -> SmsStore:
        """The text messages caught beside the mails."""
        return SmsStore(self.folder / "sms")

    def add(self, sender: str, recipients: list[str], raw: bytes) -> Mail:
        """Keep one mail.

        :param sender: MAIL FROM of the envelope, empty for a bounce.
        :param recipients: RCPT TO of the envelope, one or more.
        :param raw: the message exactly as received.
        :return: the mail with its number.
        """
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            mail = Mail(next(self._numbers()), sender, tuple(recipients), now, raw)
            envelope = {"sender": sender, "recipients": recipients, "received": now}
            self._file(mail.number, "json").write_text(json.dumps(envelope))
            # The message comes last and whole: its file is what makes a mail exist.
            passing = self._file(mail.number, "part")
            passing.write_bytes(raw)
            os.replace(passing, self._file(mail.number, "eml"))
        return mail

    def numbers(self) -> list[int]:
        """Return the numbers of all mails, newest first."""
        return sorted((int(f.stem) for f in self.folder.glob("*.eml")), reverse=True)

    def get(self, number: int) -> Mail | None:
        """Return a mail, or None when there is none of that number."""
        try:
            envelope = json.loads(self._file(number, "json").read_text())
            raw = self._file(number, "eml").read_bytes()
        except FileNotFoundError:
            return None
        recipients = tuple(envelope["recipients"])
        return Mail(number, envelope["sender"], recipients, envelope["received"], raw)

    def mails(self) -> list[Mail]:
        """Return all mails, newest first."""
        return [mail for n in self.numbers() if (mail := self.get(n))]

    def clear(self) -> None:
        """Forget all mails."""
        with self._lock:
            for file in self.folder.glob("*.*"):
                file.unlink()

    def wait(self, count: int = 1, seconds: float = 30, **wanted: str) -> list[Mail]:
        """Wait until enough mails have come, and return them oldest first.

        :param count: how many mails must match.
        :param seconds: how long to wait.
        :param wanted: `to` (an envelope address) or `subject` (a part of it).
        :raises TimeoutError: fewer came in time; the text lists what did come.
        """
        end = time.monotonic() + seconds
        while True:
            mails = self.mails()[::-1]
            found = [mail for mail in mails if mail.matches(**wanted)]
            if len(found) >= count:
                return found
            if time.monotonic() > end:
                came = [(m.recipients, m.subject) for m in mails]
                text = f"{len(found)} of {count} mails {wanted}; all: {came}"
                raise TimeoutError(text)
            time.sleep(POLL_SECONDS)

    def _numbers(self):
        return itertools.count(max(self.numbers(), default=0) + 1)

    def _file(self, number: int, kind: str) -> Path:
        return self.folder / f"{number:06}.{kind}"
