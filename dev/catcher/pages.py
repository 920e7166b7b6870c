"""The pages of the catcher, as HTML text."""

from html import escape

from dev.catcher.mail import Mail

PHONE_WIDTH = 390
HEADERS = ("From", "To", "Cc", "Reply-To", "Date", "Message-ID", "References")
STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 1100px; padding: 1rem }
a { color: inherit } h1 { font-size: 1.3rem } pre { white-space: pre-wrap }
.mail { display: block; padding: .6rem; border-bottom: 1px solid #8885;
        text-decoration: none } .mail:hover { background: #8882 }
.mail small, dt { opacity: .7 } dl { display: grid; gap: 0 1rem;
        grid-template-columns: max-content 1fr } dd { margin: 0;
        overflow-wrap: anywhere }
nav a { margin-right: 1rem } [aria-current] { font-weight: bold }
iframe { border: 1px solid #8885; background: #fff;
        height: 75vh; width: 100%; max-width: 100% }
"""


def whole_page(title: str, body: str, head: str = "", tab: str = "") -> str:
    """Return a whole page.

    :param title: of the page, plain text.
    :param body: HTML.
    :param head: more HTML for the head.
    :param tab: address of the list this is; empty for a page without tabs.
    """
    tabs = " ".join(
        f'<a href="{address}"{" aria-current=page" * (address == tab)}>{name}</a>'
        for address, name in (("/", "Mail"), ("/sms", "SMS"))
    )
    nav = f'<nav class="tabs">{tabs}</nav>' if tab else ""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{head}<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{nav}<h1>{escape(title)}</h1>{body}</body></html>"
    )


def mail_list(mails: list[Mail]) -> str:
    """Return the page that lists mails, newest first."""
    rows = "".join(map(_row, mails)) or "<p>No mail has been caught yet.</p>"
    refresh = '<meta http-equiv="refresh" content="5">'
    return whole_page(f"Caught mail ({len(mails)})", rows, refresh, "/")


def mail_page(mail: Mail, phone: bool = False) -> str:
    """Return the page of one mail.

    :param mail: the mail.
    :param phone: show the HTML part as wide as a telephone.
    """
    link = f"/messages/{mail.number}"
    width = f' style="width:{PHONE_WIDTH}px"' if phone else ""
    frame = f'<iframe sandbox title="Mail" src="{link}/html"{width}></iframe>'
    text = f"<h2>Text</h2><pre>{escape(mail.text)}</pre>" if mail.text else ""
    body = (
        '<nav><a href="/">All mail</a>'
        f'<a href="{link}">Wide</a><a href="{link}?phone=1">Phone</a>'
        f'<a href="{link}/html">Mail alone</a>'
        f'<a href="{link}/raw">Raw (.eml)</a></nav>'
        f"<dl>{_headers(mail)}</dl>{_files(mail)}"
        f"{frame if mail.html else ''}{text}"
    )
    return whole_page(mail.subject or "(no subject)", body)


def _row(mail: Mail) -> str:
    files = sum(not a.inline for a in mail.attachments)
    marks = f" · {files} file{'s' * (files > 1)}" if files else ""
    people = f"{mail.message['From'] or ''} → {', '.join(mail.recipients)}"
    return (
        f'<a class="mail" href="/messages/{mail.number}">'
        f"<b>{escape(mail.subject) or '(no subject)'}</b><br>"
        f"<small>{escape(people)} · {mail.received[:19].replace('T', ' ')} UTC"
        f"{marks}</small></a>"
    )


def _headers(mail: Mail) -> str:
    pairs = [("Envelope", f"{mail.sender or '<>'} → {', '.join(mail.recipients)}")]
    for name in HEADERS:
        pairs += [(name, str(value)) for value in mail.message.get_all(name, [])]
    return "".join(f"<dt>{n}</dt><dd>{escape(v)}</dd>" for n, v in pairs)


def _files(mail: Mail) -> str:
    links = [
        f'<li><a href="/messages/{mail.number}/files/{index}">{escape(file.name)}</a>'
        f" ({len(file.data) / 1024:.0f} kB, {escape(file.mimetype)})</li>"
        for index, file in enumerate(mail.attachments)
        if not file.inline
    ]
    return f"<ul>{''.join(links)}</ul>" if links else ""
