"""What would leave: plain data that the dialog shows and the dispatch stores.

The fields named ``partner``, ``document`` … hold whatever record the caller uses; this
module neither knows nor imports the framework behind them.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Person:
    """Somebody who could get the message.

    ``role`` is one of contact, customer, facility, invoice, other; ``reason`` says in
    words why he is offered; ``proposed`` whether he gets the message by default.
    ``mobile`` is where text messages go, as it was typed; ``sms_proposed`` whether he
    gets them by default.
    """

    partner: Any
    role: str
    name: str
    email: str = ""
    phone: str = ""
    reason: str = ""
    proposed: bool = False
    mobile: str = ""
    sms_proposed: bool = False


@dataclass
class Recipient:
    """One address that gets the message; ``role`` is ``to`` or ``cc``.

    ``channel`` is ``email`` or ``sms``; the address of a text message is a number as
    E.164 has it (``+46705123456``).
    """

    address: str
    name: str = ""
    partner: Any = None
    role: str = "to"
    channel: str = "email"


@dataclass
class File:
    """A file that goes along: ``attachment`` exists, ``document`` is to be printed, as
    the paper that ``purpose`` says."""

    name: str
    attachment: Any = None
    document: Any = None
    main: bool = False
    selected: bool = True
    purpose: str = "document"


@dataclass
class Problem:
    """Why something needs a look. ``level``: ``block`` stops it, ``warn`` does not."""

    code: str
    level: str
    message: str


@dataclass
class Plan:
    """One message about one document, before anything is written.

    ``rule`` names the rule that asked for it; ``not_before`` is the moment (UTC,
    datetime) until which a person may stop it; ``version`` what the content is, once
    somebody has asked. ``text_problems`` are those of subject and text,
    ``sms_problems`` those of the text message: they count for what leaves.
    """

    document: Any
    kind: str
    company: Any
    lang: str
    template: Any = None
    account: Any = None
    subject: str = ""
    body: str = ""
    sms_text: str = ""
    file_name: str = ""
    people: list[Person] = field(default_factory=list)
    recipients: list[Recipient] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    text_problems: list[Problem] = field(default_factory=list)
    sms_problems: list[Problem] = field(default_factory=list)
    purpose: str = "document"
    origin: str = "person"
    automatic: bool = False
    reply_to: str = ""
    resend_of: dict[str, int] = field(default_factory=dict)
    resend_reason: str = ""
    rule: str = ""
    not_before: Any = None
    batch: Any = None
    version: str = ""

    @property
    def blocked(self) -> bool:
        """Whether a problem forbids sending."""
        return any(problem.level == "block" for problem in self.problems)


@dataclass
class Wishes:
    """What a person or a rule wants different from the proposal; None = as proposed.

    ``kind`` asks for the document's own template of another kind, ``template`` for one
    in particular; ``purpose`` is what the message is when neither says it.
    ``channels`` are those that recipients are proposed for: ``email``, ``sms``.
    ``recipients`` and ``files`` replace the proposal; ``resend_of`` maps a normalised
    address to the id of the delivery that is knowingly sent again.
    """

    lang: str | None = None
    kind: str = ""
    template: Any = None
    account: Any = None
    subject: str | None = None
    body: str | None = None
    sms_text: str | None = None
    channels: tuple[str, ...] = ("email",)
    recipients: list[Recipient] | None = None
    files: list[File] | None = None
    purpose: str = "document"
    automatic: bool = False
    resend_of: dict[str, int] = field(default_factory=dict)
    resend_reason: str = ""
    origin: str = "person"
    rule: str = ""
    not_before: Any = None
    batch: Any = None
