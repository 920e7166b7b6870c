"""The line to the server: a checked address, time limits that hold, TLS.

``smtplib.SMTP`` stays underneath because login helpers (OAuth) expect one. Its own
socket handling does not fit: it looks the name up a second time, waits per packet and
not per reply, and hides what went wrong.
"""

import ipaddress
import smtplib
import socket
import ssl
import time

from .smtp_error import NotSmtp

# RFC 5321 4.5.3.1.5 allows 512; some servers explain themselves at length.
_LINE_LIMIT = 8192
_REPLY_LIMIT = 65536


class Wire(smtplib.SMTP):
    """One connection.

    :ivar float limit: seconds the next step may take, to be set before each
    :ivar tuple last_reply: code and text of the newest reply
    """

    def __init__(self, helo):
        self.limit = 30
        self.last_reply = (0, b"")
        self._inbox = b""
        super().__init__(local_hostname=helo)

    def open(self, targets, server_name, context=None):
        """Connect to the first address that answers.

        :param list targets: family and socket address, from ``address_guard.resolve``
        :param str server_name: what the certificate must be made out to
        :param ssl.SSLContext context: for TLS from the first octet, else None
        :raise OSError: the last address's error
        """
        self._host = server_name
        self.sock = self._connect(targets)
        # The final dot is a packet of its own and must not wait for the last one.
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context:
            self.encrypt(context)

    def encrypt(self, context):
        """Go over to TLS on this connection.

        :param ssl.SSLContext context: says what is verified
        """
        # Whatever came in clear before the handshake could have come from anybody
        # on the way, and would be taken for the server's word after it (RFC 3207).
        if self._inbox:
            raise NotSmtp("data before the TLS handshake")
        self.sock.settimeout(self.limit)
        self.sock = context.wrap_socket(self.sock, server_hostname=self._host)
        self.file = self.ehlo_resp = self.helo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False

    @property
    def tls_version(self):
        """Name of the TLS version in use, empty without TLS."""
        version = getattr(self.sock, "version", None)
        return (version() if version else "") or ""

    @property
    def is_loopback(self):
        """Whether the other end is this machine."""
        address = self.sock.getpeername()[0].partition("%")[0]
        ip = ipaddress.ip_address(address)
        return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback

    def send(self, s):
        """Write within the limit. Overrides ``smtplib``, which drops the reason."""
        data = s.encode("ascii") if isinstance(s, str) else s
        if not self.sock:
            raise ConnectionResetError("not connected")
        # A reply nobody asked for would be taken for the answer to what comes now.
        if self._inbox:
            raise NotSmtp("reply out of turn")
        self.sock.settimeout(self.limit)
        self.sock.sendall(data)

    def getreply(self):
        """Read a whole reply within the limit, however slowly it trickles in.

        :return: code and text
        :rtype: tuple[int, bytes]
        :raise NotSmtp: when it is not an SMTP reply (RFC 5321 4.2)
        :raise OSError: when it does not come
        """
        until, lines, size = time.monotonic() + self.limit, [], 0
        while True:
            line = self._line(until)
            size += len(line)
            if not _is_reply(line, lines) or size > _REPLY_LIMIT:
                raise NotSmtp("no SMTP reply")
            lines.append(line)
            if line[3:4] != b"-":
                break
        self.last_reply = int(line[:3]), b"\n".join(text[4:] for text in lines)
        return self.last_reply

    def close(self):
        """Drop the connection without a word."""
        self._inbox = b""
        super().close()

    def _connect(self, targets):
        until, failure = time.monotonic() + self.limit, OSError("no address")
        for family, address in targets:
            sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                sock.settimeout(max(until - time.monotonic(), 0.001))
                sock.connect(address)
                return sock
            except OSError as error:
                failure = error
                sock.close()
        raise failure

    def _line(self, until):
        while b"\n" not in self._inbox:
            if len(self._inbox) > _LINE_LIMIT:
                raise NotSmtp("line too long")
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            if not self.sock:
                raise ConnectionResetError("not connected")
            self.sock.settimeout(left)
            data = self.sock.recv(4096)
            if not data:
                raise ConnectionResetError("connection closed by the server")
            self._inbox += data
        line, _newline, self._inbox = self._inbox.partition(b"\n")
        return line.rstrip(b"\r")


def _is_reply(line, earlier):
    well_formed = line[:3].isdigit() and line[3:4] in (b"", b" ", b"-")
    return well_formed and all(line[:3] == other[:3] for other in earlier[:1])


def default_context(strict):
    """Make the TLS settings for an account.

    :param bool strict: the certificate must be valid and made out to the server;
        otherwise the line is encrypted to whoever answers
    :rtype: ssl.SSLContext
    """
    context = ssl.create_default_context()
    if not strict:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
