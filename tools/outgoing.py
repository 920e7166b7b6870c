"""What one message holds, as plain data."""

import datetime
import re
from dataclasses import dataclass, field

from .address import Address
from .header import clean_subject

#: ``<left@right>`` of printable ASCII without angle brackets (RFC 5322 3.6.4).
MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


@dataclass(frozen=True)
class Part:
    """A file. The ``name`` of an inline image is also the ``cid:`` the HTML uses; a
    calendar file says what it asks for as ``method`` (RFC 6047 2.4)."""

    name: str
    mimetype: str
    data: bytes
    method: str = ""


@dataclass(frozen=True)
class Outgoing:
    """Everything one message holds; nothing is read from anywhere else.

    :ivar Address author: who ``From`` names
    :ivar tuple to: addresses, as are ``cc`` and ``reply_to``
    :ivar datetime.datetime date: aware of its time zone, or naive in UTC
    :ivar tuple inline: images (``Part``) the HTML shows as ``cid:<name>``
    :ivar tuple attachments: files (``Part``)
    :ivar str calendar: an iCalendar text that mail programs offer to accept
    :ivar bool automatic: no person pressed a button, so no machine should answer
    :ivar dict headers: more headers, ``X-Odoo-*``, ``X-Mailroom-*`` and ``List-*`` only
    """

    author: Address
    to: tuple
    subject: str
    message_id: str
    date: datetime.datetime
    text: str = ""
    html: str = ""
    cc: tuple = ()
    sender: Address | None = None
    reply_to: tuple = ()
    references: tuple = ()
    attachments: tuple = ()
    inline: tuple = ()
    calendar: str = ""
    calendar_method: str = "REQUEST"
    automatic: bool = False
    headers: dict = field(default_factory=dict)

    @property
    def safe_subject(self):
        """The subject as it is sent."""
        return clean_subject(self.subject)

    @property
    def safe_references(self):
        """Those references that are Message-IDs, the last twenty of them."""
        return tuple(filter(MESSAGE_ID.fullmatch, self.references))[-20:]

    @property
    def mailboxes(self):
        """Header name → addresses, for each header that names somebody."""
        named = {
            "From": (self.author,),
            "Sender": (self.sender,) if self.sender else (),
            "To": self.to,
            "Cc": self.cc,
            "Reply-To": self.reply_to,
        }
        return {
            name: tuple(addresses) for name, addresses in named.items() if addresses
        }

    @property
    def texts(self):
        """Subtype → text of each body there is; a message without one has an empty."""
        texts = {"plain": self.text, "html": self.html, "calendar": self.calendar}
        return {kind: text for kind, text in texts.items() if text} or {"plain": ""}
