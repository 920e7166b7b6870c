"""Logging in with user and password."""

import base64

from .domain import DomainError, ascii_domain
from .smtp_error import SessionRefused


def log_in(wire, user, password):
    """Authenticate with the first mechanism that both sides know.

    ``smtplib`` would fail on a password outside ASCII, and answers one refusal by
    sending the password again with the next mechanism, which locks accounts out.

    :param Wire wire: a connection after EHLO
    :param str user: user name
    :param str password: password
    :return: the server's reply
    :rtype: tuple[int, bytes]
    :raise SessionRefused: when the server offers no mechanism we know
    """
    offered = wire.esmtp_features.get("auth", "").upper().split()
    user = _ascii_user(user)
    if "PLAIN" in offered:
        # RFC 4616: no authorisation identity, UTF-8, separated by NUL.
        secret = _b64("\0".join(("", user, password)))
        return wire.docmd("AUTH", f"PLAIN {secret}")
    if "LOGIN" in offered:
        return _login(wire, user, password)
    raise SessionRefused("auth_not_offered", " ".join(offered)[:200])


def _login(wire, user, password):
    reply = wire.docmd("AUTH", "LOGIN")
    for answer in (user, password):
        if reply[0] != 334:
            return reply
        reply = wire.docmd(_b64(answer))
    return reply


def _ascii_user(user):
    local, at, domain = user.rpartition("@")
    try:
        return (
            f"{local}@{ascii_domain(domain)}" if at and not domain.isascii() else user
        )
    except DomainError:
        return user


def _b64(text):
    return base64.b64encode(text.encode()).decode("ascii")
