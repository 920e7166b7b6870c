"""What all fault tests of a session add up to: the reconciliation line."""

import os
import time
from dataclasses import dataclass, field

SEED = int(os.environ.get("MAILROOM_SEED", "7"))
ZEROS = ("lost", "doubled", "lied", "stuck")


@dataclass
class Tally:
    """Messages by what became of them, and what was done to them."""

    asked: int = 0
    accepted: int = 0
    failed: int = 0
    uncertain: int = 0
    lost: int = 0
    doubled: int = 0
    lied: int = 0
    stuck: int = 0
    kills: int = 0
    replies: int = 0
    fuzz: int = 0
    seed: int = SEED
    began: float = field(default_factory=time.monotonic)

    def add(self, other):
        """Add the counts of one reconciliation (an object with some of our fields)."""
        for name in ("asked", "accepted", "failed", "uncertain", *ZEROS):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_clean(self):
        """Whether nothing was lost, doubled, lied about or stuck."""
        return not any(getattr(self, name) for name in ZEROS)

    def __str__(self):
        names = ("asked", "accepted", "failed", "uncertain", *ZEROS)
        names += ("kills", "replies", "fuzz", "seed")
        counts = " ".join(f"{name} {getattr(self, name)}" for name in names)
        return f"{counts} seconds {time.monotonic() - self.began:.0f}"


TALLY = Tally()
