"""What it means when no reply came at all."""

import socket
import ssl

# OpenSSL's X509_V_ERR_… numbers.
_CERTIFICATE = {
    10: "certificate_expired",
    62: "certificate_host",
    63: "certificate_host",
    64: "certificate_host",
}
# Reasons that speak of one message; every other local refusal is the account's.
_ROW_REASONS = ("bad_address", "too_big")


class SessionRefused(Exception):
    """We ourselves do not go on: the server's offer is not what was asked for.

    :ivar str reason: one of ``smtp_reason.REASONS``
    """

    def __init__(self, reason, detail=""):
        super().__init__(detail or reason)
        self.reason = reason


class NotSmtp(Exception):
    """What came back is no SMTP reply. Its text is kept from everybody: it may come
    from a service inside the network that was never meant to be read from here.
    """


def error_verdict(phase, error):
    """Judge an error that took the place of a reply.

    :param str phase: one of ``smtp_reply.PHASES``
    :param Exception error: what was raised, or None
    :return: outcome and reason
    :rtype: tuple[str, str]
    """
    reason = _reason(error)
    if isinstance(error, SessionRefused):
        return ("failed" if reason in _ROW_REASONS else "account_fault"), reason
    if phase == "end":
        # The message is over there in full; whether it was taken nobody knows.
        return "uncertain", reason
    if phase in ("mail", "rcpt", "data", "body"):
        return "deferred", reason
    if reason.startswith("certificate") or reason == "tls":
        return "account_fault", reason
    return "cool_down", reason


def _reason(error):
    if isinstance(error, SessionRefused):
        return error.reason
    if isinstance(error, NotSmtp):
        return "protocol"
    if isinstance(error, ssl.SSLError):
        return _tls_reason(error)
    if isinstance(error, socket.gaierror):
        return "host_not_found"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, (ConnectionError, EOFError)):
        return "connection_lost"
    return "unreachable" if isinstance(error, OSError) else "unknown"


def _tls_reason(error):
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATE.get(error.verify_code, "certificate")
    # The line broke during the handshake: nothing wrong with the settings.
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return "connection_lost"
    # How the context of Odoo's client certificates (pyOpenSSL) says it.
    if "certificate verify failed" in str(error):
        return "certificate"
    return "timeout" if "timed out" in str(error) else "tls"
