"""One connection of the scripted server; ``fake_smtp`` explains what scripts can do."""

import base64
import contextlib
import threading
import time
from dataclasses import dataclass

from fake_listener import DROP, RST, SILENCE, Drip, Sleep, break_off

NO_ACCEPT = "NO_ACCEPT"


@dataclass(frozen=True)
class DropBody:
    """Break off after so many octets of the message (dots and all)."""

    size: int
    reset: bool = False


@dataclass(frozen=True)
class Accepted:
    """A message the server took over.

    ``data`` is without the dots that were added for the way.
    """

    sender: str
    rcpt: tuple
    data: bytes
    user: str
    tls: bool
    at: float


_VERBS = frozenset(
    ("EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT")
)


class _Broken(Exception):
    """The script broke the connection."""


class Connection:
    """Speaks SMTP until somebody has enough."""

    def __init__(self, server, sock, number):
        self.server = server
        self.sock = sock
        self.file = self.thread = None
        self.ctx = {
            "number": number,
            "peer": sock.getpeername(),
            "messages": 0,
            "mail": "",
            "rcpt": [],
            "tls": False,
            "user": "",
        }

    def serve(self):
        """Run the conversation; ``fake_smtp`` starts a thread for it."""
        self.thread = threading.current_thread()
        try:
            if self.server.implicit:
                self._encrypt()
            self.file = self.sock.makefile("rb")
            if self._step("connect", "", "220 fake ESMTP").startswith("2"):
                while self._command():
                    pass
        except (_Broken, OSError, ValueError) as error:
            self.server.log.append(("broken", repr(error)))
        finally:
            self.drop()

    def drop(self, reset=False):
        """Break the connection."""
        break_off(self.sock, reset)
        with contextlib.suppress(OSError, ValueError):
            # The file holds the socket open. Only the thread that reads may close it.
            if self.file and threading.current_thread() is self.thread:
                self.file.close()
            self.sock.close()
        self.server.open_connections.discard(self)

    def _command(self):
        line = self.file.readline().decode("latin-1")
        if not line.endswith("\n"):
            return False
        line = line.rstrip("\r\n")
        verb = line.split(" ")[0].upper()
        handler = getattr(self, f"_{verb.lower()}") if verb in _VERBS else None
        if not handler:
            self._send("502 5.5.1 not here")
            return True
        return handler(line) is not False

    def _ehlo(self, line):
        lines = ["250-fake", "250-8BITMIME"]
        if self.server.size is not None:
            lines.append(f"250-SIZE {self.server.size}")
        if self.server.tls and not self.ctx["tls"]:
            lines.append("250-STARTTLS")
        if self.server.users is not None:
            lines.append(f"250-AUTH {self.server.auth}")
        self._step("ehlo", line, [*lines, "250 HELP"])

    def _starttls(self, _line):
        if self._step("starttls", "", "220 go ahead").startswith("220"):
            self._encrypt()
            self.file = self.sock.makefile("rb")

    def _auth(self, line):
        mechanism, _blank, initial = line[5:].partition(" ")
        if mechanism.upper() == "PLAIN":
            secret = _b64(initial or self._ask("")).lstrip("\0").replace("\0", " ")
        elif mechanism.upper() == "LOGIN":
            user = _b64(initial or self._ask("VXNlcm5hbWU6"))
            secret = f"{user} {_b64(self._ask('UGFzc3dvcmQ6'))}"
        else:
            secret = f"{mechanism} {initial}"
        self.server.log.append(("login", (secret, self.ctx["tls"])))
        user, _blank, password = secret.partition(" ")
        right = (self.server.users or {}).get(user) == password
        default = "235 2.7.0 welcome" if right else "535 5.7.8 bad credentials"
        if self._step("auth", secret, default).startswith("2"):
            self.ctx["user"] = user

    def _mail(self, line):
        self.ctx["rcpt"] = []
        if self._step("mail", line, "250 2.1.0 ok").startswith("2"):
            self.ctx["mail"] = _path(line)

    def _rcpt(self, line):
        if self._step("rcpt", line, "250 2.1.5 ok").startswith("2"):
            self.ctx["rcpt"].append(_path(line))

    def _data(self, _line):
        if not self._step("data", "", "354 go ahead").startswith("3"):
            return
        data = self._read_body()
        accepted = Accepted(
            self.ctx["mail"],
            tuple(self.ctx["rcpt"]),
            data,
            self.ctx["user"],
            self.ctx["tls"],
            time.monotonic(),
        )
        keeps = self._ask_script("accept", data) != NO_ACCEPT
        action = self._ask_script("end", data)
        # Before the reply: a client that is killed now must find it there.
        if keeps and not _is_refusal(action):
            self.server.accepted.append(accepted)
        self.ctx["messages"] += 1
        self._perform(action, "250 2.0.0 queued")

    def _rset(self, line):
        self.ctx["rcpt"] = []
        self._step("rset", line, "250 2.0.0 flushed")

    def _noop(self, _line):
        self._send("250 2.0.0 ok")

    def _quit(self, line):
        self._step("quit", line, "221 2.0.0 bye")
        return False

    def _read_body(self):
        action = self._ask_script("body", "")
        if isinstance(action, DropBody):
            if action.size:
                self.file.read(action.size)
            self._break(RST if action.reset else DROP)
        self._perform_unanswered(action)
        lines, size = [], 0
        while (line := self.file.readline()) != b".\r\n":
            if not line:
                raise _Broken("the client left in the middle of a message")
            lines.append(line[1:] if line.startswith(b".") else line)
            size += len(line)
            self._perform_unanswered(self._ask_script("block", size))
        return b"".join(lines)

    def _step(self, step, arg, default):
        return self._perform(self._ask_script(step, arg), default)

    def _perform(self, action, default, pause=0):
        if isinstance(action, Sleep):
            time.sleep(action.seconds)
            return self._perform(action.then, default, pause)
        if isinstance(action, Drip):
            return self._perform(action.then, default, action.pause)
        if action == SILENCE:
            self.file.read()
            raise _Broken(SILENCE)
        self._break(action)
        reply = action or default
        lines = reply if isinstance(reply, list) else [reply]
        self._send(*lines, pause=pause)
        return lines[-1]

    def _perform_unanswered(self, action):
        while isinstance(action, Sleep):
            time.sleep(action.seconds)
            action = action.then
        self._break(action)

    def _break(self, action):
        if action in (DROP, RST):
            self.drop(reset=action == RST)
            raise _Broken(action)

    def _ask_script(self, step, arg):
        self.server.log.append((step, arg))
        return self.server.script(step, arg, self.ctx)

    def _ask(self, challenge):
        self._send(f"334 {challenge}")
        return self.file.readline().decode("latin-1").strip()

    def _send(self, *lines, pause=0):
        data = "".join(f"{line}\r\n" for line in lines).encode("latin-1")
        for start in range(0, len(data), 1 if pause else len(data)):
            self.sock.sendall(data[start : start + (1 if pause else len(data))])
            time.sleep(pause)

    def _encrypt(self):
        self.sock = self.server.tls.wrap_socket(self.sock, server_side=True)
        self.ctx["tls"] = True


def _is_refusal(action):
    while isinstance(action, (Sleep, Drip)):
        action = action.then
    first = action[0] if isinstance(action, list) else action
    return first is not None and first[:1] in "345"


def _path(line):
    return line.partition("<")[2].rpartition(">")[0]


def _b64(text):
    return base64.b64decode(text).decode()
