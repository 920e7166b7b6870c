"""An SMS gateway for tests: it takes text messages in memory and fails on demand."""

from dataclasses import dataclass

from ..tools.smtp_reply import Verdict


@dataclass
class Text:
    """One text message as the gateway took it."""

    gateway: object
    to: str
    text: str
    sender: str
    key: str


class FakeGateway:
    """Stands behind every gateway of a test; :attr:`texts` is what it has taken."""

    def __init__(self):
        self.texts = []
        self.calls = 0
        self._verdicts = []

    def answer(self, outcome, reason="", code=None, times=1, **values):
        """Give another answer to the next messages.

        :param str outcome: of the verdict; what is ``uncertain`` is taken
        :param values: of the verdict, such as ``retry_after``
        """
        phase = values.pop("phase", "end")
        verdict = Verdict(outcome, reason, code, "", "", phase, **values)
        self._verdicts += [verdict] * times

    def hand_over(self, gateway, message, on_handover, seconds_left):
        """Take a message, in the place of ``mailroom.gateway._mailroom_hand_over``."""
        self.calls += 1
        verdict = self._verdicts.pop(0) if self._verdicts else None
        if verdict and verdict.phase == "connect":
            return verdict
        on_handover()
        if not verdict or verdict.outcome in ("accepted", "uncertain"):
            self.texts.append(
                Text(gateway, message.to, message.text, message.sender, message.id)
            )
        reference = f"ref-{self.calls}"
        return verdict or Verdict("accepted", "", 200, "", "", "end", 0, reference)
