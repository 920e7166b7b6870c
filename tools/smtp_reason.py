"""Why a server refused, as one word of a closed list."""

import re

#: The models have a sentence for each of these.
REASONS = (
    # about the recipient
    "mailbox_unknown",
    "mailbox_disabled",
    "mailbox_full",
    "mailbox_busy",
    "mailbox_moved",
    "domain_unknown",
    "bad_address",
    "recipient_refused",
    # about the message
    "too_big",
    "spam",
    "policy",
    "sender_unproven",
    "message_refused",
    # about now
    "greylisted",
    "rate_limited",
    "server_busy",
    "server_closing",
    # about the account
    "password_refused",
    "password_unreadable",
    "auth_required",
    "auth_not_offered",
    "tls_required",
    "no_tls",
    "sender_refused",
    "relay_denied",
    "server_refused",
    "no_starttls",
    "certificate",
    "certificate_host",
    "certificate_expired",
    "tls",
    "blocked_address",
    # about the line
    "host_not_found",
    "refused",
    "unreachable",
    "timeout",
    "connection_lost",
    "protocol",
    "unknown",
)

_RECIPIENT = REASONS[: REASONS.index("too_big")]

# RFC 3463 and the IANA registry of enhanced status codes, without the class.
_BY_STATUS = {
    "1.0": "mailbox_unknown",
    "1.1": "mailbox_unknown",
    "1.2": "domain_unknown",
    "1.3": "bad_address",
    "1.6": "mailbox_moved",
    "1.7": "sender_refused",
    "1.8": "sender_refused",
    "1.10": "domain_unknown",
    "2.1": "mailbox_disabled",
    "2.2": "mailbox_full",
    "2.3": "too_big",
    "3.1": "server_busy",
    "3.2": "server_busy",
    "3.4": "too_big",
    "4.4": "domain_unknown",
    "4.5": "rate_limited",
    "5.3": "rate_limited",
    "7.8": "password_refused",
    "7.9": "password_refused",
    **{f"7.{detail}": "sender_unproven" for detail in range(20, 30)},
}

# What the words say where the number says little; the first that fits wins.
_BY_WORDS = (
    ("tls_required", r"must issue a starttls|starttls (?:command )?(?:first|required)"),
    ("greylisted", r"gr[ea]ylist"),
    ("relay_denied", r"\brelay"),
    ("sender_refused", r"sender (?:address )?(?:is )?(?:rejected|refused|denied|not )"),
    ("sender_unproven", r"\b(?:spf|dkim|dmarc)\b"),
    ("spam", r"\bspam|junk|blocklist|blacklist|block list|spamhaus|reputation|\brbl\b"),
    ("rate_limited", r"\brate\b|too many|too fast|throttl|limit exceeded"),
    ("mailbox_full", r"mailbox (?:is )?full|over ?quota|quota exceeded"),
    ("too_big", r"too (?:big|large)|size limit|exceeds? .{0,20}size"),
    (
        "mailbox_unknown",
        r"(?:user|recipient|mailbox|address|account).{0,40}"
        r"(?:unknown|not exist|not found|no such|rejected: undeliverable)"
        r"|(?:unknown|no such|invalid) (?:user|recipient|mailbox|address|account)",
    ),
)
_WORDS = [(reason, re.compile(words, re.IGNORECASE)) for reason, words in _BY_WORDS]

_BY_CODE = {
    421: "server_closing",
    530: "auth_required",
    534: "password_refused",
    535: "password_refused",
    551: "mailbox_moved",
}
# What a refusal is about when neither numbers nor words tell, by 4xx and 5xx.
_BY_PHASE = {
    "starttls": ("server_busy", "no_starttls"),
    "auth": ("server_busy", "password_refused"),
    "mail": ("server_busy", "sender_refused"),
    "rcpt": ("mailbox_busy", "recipient_refused"),
    "data": ("server_busy", "message_refused"),
    "body": ("server_busy", "message_refused"),
    "end": ("server_busy", "message_refused"),
}


def reason_of(phase, code, enhanced, text):
    """Choose the word for a refusal.

    :param str phase: one of ``smtp_reply.PHASES``
    :param int code: reply code
    :param str enhanced: enhanced status code, may be empty
    :param str text: the reply's text
    :return: one of ``REASONS``
    :rtype: str
    """
    if not 400 <= code < 600:
        return "protocol"
    if phase in ("starttls", "auth"):
        return _default(phase, code)
    reason = (
        _by_status(phase, code, enhanced)
        or next((reason for reason, words in _WORDS if words.search(text)), "")
        or _BY_CODE.get(code)
        or ("policy" if enhanced[1:4] == ".7." else "")
        or _by_storage(phase, code)
        or _default(phase, code)
    )
    # At MAIL no recipient has been named yet: such words speak of the sender.
    about_sender = phase == "mail" and reason in _RECIPIENT
    return _default(phase, code) if about_sender else reason


def _by_status(phase, code, enhanced):
    detail = enhanced[2:]
    if detail == "2.1" and code < 500:
        return "mailbox_busy"
    return _BY_STATUS.get(detail, "")


def _by_storage(phase, code):
    if code not in (452, 552):
        return ""
    # At RCPT it is the mailbox that is full, elsewhere the message that is too big
    # (552) or the server's disk that is full (452): RFC 5321 4.2.2, RFC 1870 6.
    if phase == "rcpt":
        return "mailbox_full"
    return "too_big" if code == 552 else "server_busy"


def _default(phase, code):
    return _BY_PHASE.get(phase, ("server_busy", "server_refused"))[code >= 500]
