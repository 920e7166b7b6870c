"""A scripted SMS gateway on 127.0.0.1 that misbehaves exactly where it is told to.

``script(step, call)`` is called at each step and returns what to do. Steps in order:
``connect`` (``call`` is None, nothing was read yet), ``request`` (the whole request was
read), ``accept`` (the message is about to count as accepted: the place for a side
effect). At ``connect`` and ``request`` it may return

* ``None`` – go on; the default answer is ``201`` with an id;
* ``Answer(status, …)`` – this answer;
* ``DROP`` – close the connection; ``RST`` – reset it; ``SILENCE`` – never answer;
* ``Raw(data)`` – these octets, then the end;
* ``Sleep(seconds, then)`` – wait, then do ``then`` (again one of these);
* ``Taken(then)`` – the message counts as accepted, whatever the answer says;
* ``Drip(pause, then)`` – send the answer one octet at a time.

``accepted`` is the oracle: each was promised to be delivered. ``calls`` has every
request that was read.
"""

import contextlib
import itertools
import json
import threading
import time
from base64 import b64decode
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from fake_listener import DROP, RST, SILENCE, Drip, Listener, Sleep, break_off

__all__ = [
    "DROP",
    "RST",
    "SILENCE",
    "AcceptedSms",
    "Answer",
    "Call",
    "Drip",
    "FakeGateway",
    "Raw",
    "Sleep",
    "Taken",
]


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; ``cut`` breaks off after so many octets of the body."""

    status: int = 201
    body: object = None
    headers: dict = field(default_factory=dict)
    cut: int | None = None


@dataclass(frozen=True)
class Raw:
    """Octets instead of an answer."""

    data: bytes


@dataclass(frozen=True)
class Taken:
    """Take the message and answer as if it were not so."""

    then: object = None


@dataclass(frozen=True)
class Call:
    """One request as it came."""

    method: str
    target: str
    headers: dict
    body: bytes
    peer: tuple

    @property
    def values(self):
        """The parameters: of the address, the form or the JSON."""
        pairs = dict(parse_qsl(urlsplit(self.target).query))
        if "json" in self.headers.get("content-type", ""):
            return {**pairs, **json.loads(self.body)}
        return {**pairs, **dict(parse_qsl(self.body.decode()))}

    @property
    def key(self):
        """The idempotency key."""
        return self.headers.get("idempotency-key", "")

    @property
    def login(self):
        """What was sent to log in: "user:password", a token, or ""."""
        kind, _blank, secret = self.headers.get("authorization", "").partition(" ")
        return b64decode(secret).decode() if kind == "Basic" else secret


@dataclass(frozen=True)
class AcceptedSms:
    """A text message the gateway took over; ``id`` is the one it gave."""

    to: str
    text: str
    sender: str
    key: str
    login: str
    id: str
    at: float


class FakeGateway(Listener):
    """The server.

    :param script: see the module
    :param dict logins: ``{"user:password": …}`` that are let in; None: everybody
    :param bool idempotent: a key it knows is answered with 409
    :param ssl.SSLContext tls: server side settings
    """

    def __init__(self, script=None, logins=None, idempotent=False, tls=None):
        super().__init__()
        self.script = script or (lambda step, call: None)
        self.logins, self.idempotent, self.tls = logins, idempotent, tls
        self.calls = []
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._open = set()
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/sms"
        self._thread.start()

    def _welcome(self, sock, peer):
        self._open.add(sock)
        return partial(self._serve, sock, peer)

    def _break_all(self):
        for sock in list(self._open):
            _break(sock)

    def _serve(self, sock, peer):
        with contextlib.suppress(OSError, ValueError):
            action = self.script("connect", None)
            if action in (DROP, RST):
                return _break(sock, action == RST)
            if self.tls:
                sock = self.tls.wrap_socket(sock, server_side=True)
            with sock.makefile("rb") as file:
                call = _read(file, peer)
                if call:
                    self.calls.append(call)
                    action = action or self.script("request", call)
                    self._perform(sock, file, call, action)
        _break(sock)
        self._open.discard(sock)

    def _perform(self, sock, file, call, action, pause=0, taken=None):
        if isinstance(action, Sleep):
            time.sleep(action.seconds)
            return self._perform(sock, file, call, action.then, pause, taken)
        if isinstance(action, Drip):
            return self._perform(sock, file, call, action.then, action.pause, taken)
        if isinstance(action, Taken):
            taken = self._take(call)
            return self._perform(sock, file, call, action.then, pause, taken)
        if action == SILENCE:
            return file.read()
        if action in (DROP, RST):
            return _break(sock, action == RST)
        if isinstance(action, Raw):
            return sock.sendall(action.data)
        answer = action or self._default(call)
        if 200 <= answer.status < 300 and not taken:
            taken = self._take(call)
        return _send(sock, _octets(answer, taken), pause)

    def _default(self, call):
        if self.logins is not None and call.login not in self.logins:
            return Answer(401, {"error": "wrong user name or password"})
        known = {message.key for message in self.accepted}
        if self.idempotent and call.key and call.key in known:
            return Answer(409, {"error": "taken before"})
        return Answer()

    def _take(self, call):
        # Before the answer: a client that is killed now must find it there.
        self.script("accept", call)
        values = call.values
        with self._lock:
            message = AcceptedSms(
                str(values.get("to", "")),
                values.get("text", values.get("message", "")),
                values.get("from", ""),
                call.key,
                call.login,
                f"gw{next(self._ids):06}",
                time.monotonic(),
            )
            self.accepted.append(message)
        return message


def _octets(answer, taken):
    kind, body = "text/html", answer.body
    if body is None:
        body = {"id": taken.id} if taken else {}
    if isinstance(body, (dict, list)):
        kind, body = "application/json", json.dumps(body)
    data = body if isinstance(body, bytes) else body.encode()
    headers = {"Content-Type": kind, "Content-Length": len(data), **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} Fake"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return head + (data if answer.cut is None else data[: answer.cut])


def _read(file, peer):
    line = file.readline(65536).decode("latin-1")
    if not line:
        return None
    method, target, _version = line.split(" ", 2)
    headers = {}
    while (line := file.readline(65536).decode("latin-1").rstrip("\r\n")) != "":
        name, _colon, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length") or 0)
    body = file.read(length)
    # A client that died in between has sent no message.
    whole = len(body) == length
    return Call(method, target, headers, body, peer) if whole else None


def _send(sock, data, pause):
    for start in range(0, len(data), 1 if pause else max(len(data), 1)):
        sock.sendall(data[start : start + (1 if pause else len(data))])
        time.sleep(pause)


def _break(sock, reset=False):
    break_off(sock, reset)
    with contextlib.suppress(OSError):
        sock.close()
