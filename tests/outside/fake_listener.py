"""What the scripted servers share: what a script can do, and how they listen."""

import contextlib
import socket
import struct
import threading
from dataclasses import dataclass

DROP = "DROP"
RST = "RST"
SILENCE = "SILENCE"


@dataclass(frozen=True)
class Sleep:
    """Wait, then do something."""

    seconds: float
    then: object = None


@dataclass(frozen=True)
class Drip:
    """Send the reply one octet at a time."""

    pause: float
    then: object = None


def break_off(sock, reset=False):
    """Break a connection, politely or with a reset."""
    with contextlib.suppress(OSError):
        if reset:
            # Without lingering, closing sends a reset instead of an end.
            linger = struct.pack("ii", 1, 0)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        else:
            sock.shutdown(socket.SHUT_RDWR)


class Listener:
    """Listens on 127.0.0.1, with a thread for each connection. Use it as a context
    manager, or call ``close``.

    :param int port: 0 takes a free one
    """

    def __init__(self, port=0):
        self.accepted = []
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", port), backlog=128)
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self):
        """Stop listening and break every connection."""
        # On Linux only shutdown wakes the thread that waits in accept.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)
        self._break_all()

    def _run(self):
        while True:
            try:
                sock, peer = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            target = self._welcome(sock, peer)
            threading.Thread(target=target, daemon=True).start()

    def _welcome(self, sock, peer):
        """Return the function that talks on a new connection. TO OVERRIDE."""
        raise NotImplementedError

    def _break_all(self):
        """Break what is open. TO OVERRIDE."""
        raise NotImplementedError
