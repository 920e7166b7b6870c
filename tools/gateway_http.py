"""One text message over HTTP: connect to the checked address, hand over, read on.

The standard library's client is not used for the connection: it would look the name up
a second time, follow its own time limits and hide the moment before the first octet of
the request leaves, which is the one that decides between "again" and "uncertain".
"""

import contextlib
import http.client
import io
import socket
import time
from dataclasses import dataclass

from .gateway_reply import judge, judge_error
from .smtp_error import NotSmtp, SessionRefused
from .smtp_wire import default_context

#: Largest answer that is read, in octets.
ANSWER_LIMIT = 65536


@dataclass(frozen=True)
class Limits:
    """Seconds each step may take (F2): connect with TLS; the request and its answer."""

    connect: float = 30
    answer: float = 30


def send(request, guard, on_handover, limits=None, context=None):
    """Hand one message over to a gateway, once.

    :param GatewayRequest request: from ``gateway_request.build``
    :param Guard guard: which addresses may be connected to
    :param on_handover: called without arguments just before the request is written:
        the last moment at which it is certain that nothing was sent; what it raises
        is raised, with nothing sent
    :param Limits limits: how long each step may take
    :param ssl.SSLContext context: other certificates than the system's
    :rtype: Verdict
    """
    limits = limits or Limits()
    with contextlib.ExitStack() as stack:
        try:
            sock = _connect(request.url, guard, limits.connect, context)
            stack.callback(sock.close)
        except (OSError, SessionRefused) as error:
            return judge_error(error, handed_over=False)
        on_handover()
        try:
            status, headers, body = _exchange(sock, request, limits.answer)
        except (OSError, NotSmtp) as error:
            return judge_error(error, handed_over=True)
        return judge(request, status, headers, body)


def _connect(url, guard, seconds, context):
    until, failure = time.monotonic() + seconds, OSError("no address")
    for family, address in guard.targets(url):
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(_left(until))
            sock.connect(address)
            if url.scheme == "https":
                sock.settimeout(_left(until))
                tls = context or default_context(strict=True)
                sock = tls.wrap_socket(sock, server_hostname=url.host)
            return sock
        except OSError as error:
            failure = error
            sock.close()
    raise failure


def _exchange(sock, request, seconds):
    """Write the request and read the answer.

    :return: status, headers, and the body or None when it is not to be trusted
    :raise NotSmtp: when what comes back is not HTTP
    """
    until = time.monotonic() + seconds
    sock.settimeout(_left(until))
    sock.sendall(request.head + request.body)
    response = http.client.HTTPResponse(_Line(sock, until), method=request.method)
    try:
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
    except (http.client.HTTPException, ValueError) as error:
        if isinstance(error, http.client.RemoteDisconnected):
            raise
        raise NotSmtp("no HTTP answer") from error
    return response.status, headers, _body(response, headers)


def _body(response, headers):
    """Return the body, None when it is packed, too long or does not come whole."""
    if headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        return None
    try:
        body = response.read(ANSWER_LIMIT + 1)
    except (http.client.HTTPException, OSError, ValueError):
        return None
    missing = response.length
    return None if len(body) > ANSWER_LIMIT or missing else body


def _left(until):
    return max(until - time.monotonic(), 0.001)


class _Line(io.RawIOBase):
    """A socket as ``http.client`` wants it, with one time limit for all reads: an
    answer that trickles in octet by octet does not last longer than any other."""

    def __init__(self, sock, until):
        super().__init__()
        self.sock = sock
        self.until = until

    def makefile(self, _mode):
        """Return the file the answer is read from."""
        return io.BufferedReader(self, 8192)

    def readable(self):
        """See ``io.IOBase``."""
        return True

    def readinto(self, buffer):
        """Read what is there within the time that is left."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self.sock.settimeout(left)
        return self.sock.recv_into(buffer)
