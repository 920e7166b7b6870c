"""The SMS gateway of the catcher: takes text messages in, reports them as delivered."""

import contextlib
import json
import re
import threading
import time
import urllib.request
from urllib.parse import parse_qsl, urlsplit

from dev.catcher.sms import Sms, SmsStore
from dev.ports import LOOPBACK

#: What a demo gateway logs in with; the rest of the token tells them apart.
TOKEN = "catcher"
LARGEST_REQUEST = 65536
REPORT_PAUSE = 1
REPORT_TRIES = 5
_NUMBER = re.compile(r"\+\d{6,15}")


def take(store: SmsStore, authorization: str, body: bytes) -> tuple[int, dict]:
    """Take one message in, as a gateway does.

    :param store: takes the message.
    :param authorization: the header of that name.
    :param body: the request's, a form or JSON.
    :return: status and content of the answer.
    """
    token = authorization.removeprefix("Bearer ")
    if not token.startswith(TOKEN):
        return 401, {"error": "The token of this gateway begins with “catcher”."}
    values = _values(body)
    to, text = values.get("to", ""), values.get("text", "")
    if not _NUMBER.fullmatch(to) or not text:
        return 400, {"error": f"“{to[:30]}” is no number, or there is no text."}
    gateway = token.removeprefix(TOKEN).strip("-")
    sms = store.add(
        to, values.get("from", ""), text, values.get("reference", ""), gateway
    )
    _report(sms, values.get("callback", ""))
    return 201, {"id": f"catch{sms.number}"}


def _values(body: bytes) -> dict:
    text = body.decode("utf-8", "replace")
    try:
        values = json.loads(text) if text[:1] == "{" else dict(parse_qsl(text))
    except ValueError:
        return {}
    return {name: str(value) for name, value in values.items()}


def _report(sms: Sms, callback: str) -> None:
    """Say a moment later that the message was delivered, to this machine only."""
    address = urlsplit(callback)
    if address.scheme == "http" and address.hostname in (LOOPBACK, "localhost"):
        threading.Thread(target=_deliver, args=(sms, callback), daemon=True).start()


def _deliver(sms: Sms, callback: str) -> None:
    report = {"id": sms.key, "message_id": f"catch{sms.number}", "status": "delivered"}
    request = urllib.request.Request(
        callback,
        json.dumps(report).encode(),
        {"Content-Type": "application/json"},
    )
    for attempt in range(REPORT_TRIES):
        time.sleep(REPORT_PAUSE * (attempt + 1))
        # A demo that was stopped in between takes no reports.
        with contextlib.suppress(OSError):
            urllib.request.urlopen(request, timeout=10).close()
            return
