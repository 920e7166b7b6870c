"""The page of the caught text messages, as HTML text."""

from html import escape

from dev.catcher.pages import whole_page
from dev.catcher.sms import Sms

STYLE = """
.sms { padding: .6rem 0; border-bottom: 1px solid #8885 }
.sms p { background: #8882; border-radius: .8rem; display: inline-block;
        margin: .3rem 0; max-width: 32rem; overflow-wrap: anywhere;
        padding: .5rem .9rem; white-space: pre-wrap }
.sms small { opacity: .7 }
"""


def sms_list(messages: list[Sms]) -> str:
    """Return the page that lists text messages, newest first."""
    rows = "".join(map(_row, messages))
    empty = "<p>No text message has been caught yet.</p>"
    head = f'<meta http-equiv="refresh" content="5"><style>{STYLE}</style>'
    return whole_page(f"Caught SMS ({len(messages)})", rows or empty, head, "/sms")


def _row(sms: Sms) -> str:
    size = sms.summary()
    parts = f"{sms.parts} part{'s' * (sms.parts != 1)}, {size['alphabet']}"
    about = [sms.received[:19].replace("T", " ") + " UTC", parts]
    about += [f"gateway {sms.gateway}"] if sms.gateway else []
    return (
        f'<div class="sms"><b>{escape(sms.sender) or "(no sender)"}</b>'
        f" → {escape(sms.to)}<br><p>{escape(sms.text)}</p><br>"
        f"<small>{escape(' · '.join(about))}</small></div>"
    )
