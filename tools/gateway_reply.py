"""What a gateway's answer, or the lack of one, means for a message and its gateway.

Rule R6 for HTTP (RFC 9110): what the gateway may have taken is never sent again by
itself, so only a status that rules it out leads to another try.
"""

import json
import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from .log_mask import MASK
from .smtp_error import SessionRefused, error_verdict
from .smtp_reply import Verdict, safe_text

#: In addition to ``smtp_reason.REASONS``.
GATEWAY_REASONS = (
    "gateway_refused",  # it does not want this message (400, 422 …)
    "gateway_not_found",  # 404, 410
    "gateway_login",  # 401, 403
    "gateway_credit",  # 402
    "gateway_method",  # 405, 415 …: the settings do not fit
    "gateway_redirect",  # it sends us elsewhere, and we do not go
    "gateway_plain",  # plain http over the public internet
    "gateway_form",  # the settings make no request
    "gateway_sender",  # nothing of the sender's name can be used there
    "gateway_answer",  # it answered, but not in a way that says it took the message
    "gateway_error",  # 500, 502, 504
)
# Longest wait that a gateway may ask for, in seconds.
RETRY_LIMIT = 24 * 3600
_TEXT_LIMIT = 500
CONFLICT = 409
_TABLE = {
    400: ("failed", "gateway_refused"),
    401: ("account_fault", "gateway_login"),
    402: ("account_fault", "gateway_credit"),
    403: ("account_fault", "gateway_login"),
    404: ("failed", "gateway_not_found"),
    405: ("account_fault", "gateway_method"),
    406: ("account_fault", "gateway_method"),
    407: ("account_fault", "gateway_login"),
    # The request did not reach the gateway in full.
    408: ("deferred", "timeout"),
    # Said of a message it knows, and of whatever else stands in the way.
    CONFLICT: ("uncertain", "gateway_answer"),
    410: ("failed", "gateway_not_found"),
    411: ("account_fault", "gateway_method"),
    413: ("failed", "too_big"),
    414: ("failed", "too_big"),
    415: ("account_fault", "gateway_method"),
    422: ("failed", "gateway_refused"),
    425: ("deferred", "server_busy"),
    429: ("cool_down", "rate_limited"),
    501: ("account_fault", "gateway_method"),
    505: ("account_fault", "gateway_method"),
    511: ("account_fault", "gateway_login"),
}


def judge(request, status, headers, body):
    """Judge an answer.

    :param GatewayRequest request: what was asked
    :param int status: the status code
    :param dict headers: lower-case names and values
    :param bytes body: None when it did not come whole or is not to be read
    :rtype: Verdict
    """
    data = _json(body)
    found = _find(data, request.rules.ids)
    wait = retry_after(headers.get("retry-after", ""))
    outcome, reason = _outcome(request.rules, status, data, found, wait)
    if status == CONFLICT and request.repeated:
        outcome, reason = "accepted", ""
    text = _shown(request, headers, body, data)
    wait = wait if outcome in ("deferred", "cool_down") else None
    reference = found if outcome in ("accepted", "uncertain") else ""
    return Verdict(outcome, reason, status, "", text, "end", wait or 0, reference)


def judge_error(error, handed_over):
    """Judge what took the place of an answer.

    :param Exception error: what was raised
    :param bool handed_over: whether the request had begun to go out
    :rtype: Verdict
    """
    phase = "end" if handed_over else "connect"
    outcome, reason = error_verdict(phase, error)
    if isinstance(error, SessionRefused):
        outcome = "account_fault"
    # Our own words, never the text of a service that is no gateway.
    text = safe_text(error, _TEXT_LIMIT) if isinstance(error, OSError) else reason
    return Verdict(outcome, reason, None, "", text, phase)


def retry_after(value):
    """Read a ``Retry-After`` header (RFC 9110 10.2.3).

    :param str value: seconds or a date
    :return: seconds from now, at most ``RETRY_LIMIT``; None when it says nothing
    :rtype: int or None
    """
    value = value.strip()
    if re.fullmatch(r"\d{1,9}", value):
        return min(int(value), RETRY_LIMIT)
    try:
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        seconds = (moment - datetime.now(timezone.utc)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(int(seconds), 0), RETRY_LIMIT)


def _outcome(rules, status, data, found, wait):
    if 200 <= status < 300:
        return _taken(rules, data, found)
    if status in rules.not_processed or (status == 503 and wait is not None):
        return "cool_down", "server_busy"
    if status in _TABLE:
        return _TABLE[status]
    if status == 303:
        # The one redirect that is sent after the work was done (RFC 9110 15.4.4).
        return "uncertain", "gateway_redirect"
    if 300 <= status < 400:
        return "account_fault", "gateway_redirect"
    if 400 <= status < 500:
        return "failed", "gateway_refused"
    return "uncertain", "gateway_error"


def _taken(rules, data, found):
    word = str(_value(data, rules.status)) if rules.status else ""
    if word and word in rules.refused:
        return "failed", "gateway_refused"
    if found or rules.any_success:
        return "accepted", ""
    return "uncertain", "gateway_answer"


def _json(body):
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError):
        return None


def _find(data, names):
    """Return the first id among fields, "" when there is none."""
    for name in names:
        value = _value(data, name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value:
            return safe_text(value, 128)
    return ""


def _value(data, path):
    """Follow a dotted path; numbers are places in lists."""
    for key in path.split("."):
        if isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        elif isinstance(data, dict):
            data = data.get(key)
        else:
            return None
    return data


def _shown(request, headers, body, data):
    """Return what is stored of an answer: short, without secrets and tags."""
    if body is None:
        return ""
    text = body[: _TEXT_LIMIT * 8].decode("utf-8", "replace")
    if data is None and "<" in text:
        text = re.sub(r"(?is)<(script|style)\b.*?(</\1>|$)", " ", text)
        text = re.sub(r"(?s)<[^>]*(>|$)", " ", text)
    for secret in request.secrets:
        text = text.replace(secret, MASK)
    return safe_text(re.sub(r"[ \t\r\n]+", " ", text), _TEXT_LIMIT)
