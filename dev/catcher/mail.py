"""One caught mail, taken apart for people and for tests."""

import base64
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property


@dataclass(frozen=True)
class Attachment:
    """A file of a mail; `inline` ones are pictures that the HTML part shows."""

    name: str
    mimetype: str
    data: bytes
    inline: bool


@dataclass(frozen=True)
class Mail:
    """A mail with its envelope; `received` is an ISO time in UTC."""

    number: int
    sender: str
    recipients: tuple[str, ...]
    received: str
    raw: bytes

    @cached_property
    def message(self) -> EmailMessage:
        """The parsed message."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def subject(self) -> str:
        """The decoded subject, empty if there is none."""
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        """The plain text part, empty if there is none."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML part as it was sent, empty if there is none."""
        return self._body("html")

    @property
    def shown_html(self) -> str:
        """The HTML part with its inline pictures put into the page itself."""
        html = self.html
        for part in self.message.walk():
            cid = (part["Content-ID"] or "").strip("<> ")
            if cid and part.get_content_maintype() == "image":
                data = base64.b64encode(part.get_payload(decode=True) or b"").decode()
                url = f"data:{part.get_content_type()};base64,{data}"
                html = html.replace(f"cid:{cid}", url)
        return html

    @cached_property
    def attachments(self) -> list[Attachment]:
        """All files in the order of the message, inline pictures included."""
        files = []
        for part in self.message.walk():
            if part.is_multipart() or part in self._bodies():
                continue
            inline = bool(part["Content-ID"]) and not part.is_attachment()
            name = part.get_filename() or "unnamed"
            data = part.get_payload(decode=True) or b""
            files.append(Attachment(name, part.get_content_type(), data, inline))
        return files

    def matches(self, to: str = "", subject: str = "") -> bool:
        """Tell whether it went to an address and its subject holds a text."""
        addresses = [address.lower() for address in self.recipients]
        return (not to or to.lower() in addresses) and subject in self.subject

    def summary(self) -> dict:
        """Return what lists show, as plain JSON values."""
        return {
            "id": self.number,
            "received": self.received,
            "sender": self.sender,
            "recipients": list(self.recipients),
            "from": str(self.message["From"] or ""),
            "to": str(self.message["To"] or ""),
            "subject": self.subject,
            "size": len(self.raw),
            "attachments": [
                {"name": a.name, "type": a.mimetype, "size": len(a.data)}
                for a in self.attachments
                if not a.inline
            ],
        }

    def details(self) -> dict:
        """Return everything that a program may want to check, as JSON values."""
        headers = [[name, str(value)] for name, value in self.message.items()]
        return {
            **self.summary(),
            "headers": headers,
            "text": self.text,
            "html": self.html,
        }

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        if part is None:
            return ""
        charset = part.get_content_charset() or "utf-8"
        data = part.get_payload(decode=True) or b""
        try:
            return data.decode(charset, "replace")
        except LookupError:
            return data.decode("utf-8", "replace")

    def _bodies(self) -> list[EmailMessage]:
        kinds = (self.message.get_body((kind,)) for kind in ("plain", "html"))
        return [part for part in kinds if part is not None]
