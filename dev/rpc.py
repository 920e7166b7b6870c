"""A small JSON-RPC client for a running Odoo, speaking as the web client does."""

import json
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar

TIMEOUT_SECONDS = 120


class RpcError(Exception):
    """Odoo answered with an error: `name` is its class, the text what users read."""

    def __init__(self, name: str, message: str, debug: str):
        super().__init__(f"{name}: {message}")
        self.name = name
        self.debug = debug


@dataclass(frozen=True)
class Client:
    """A session of one user; `uid` is the user's id."""

    base: str
    opener: urllib.request.OpenerDirector
    uid: int

    @classmethod
    def login(cls, port: int, database: str, login: str, password: str) -> "Client":
        """Log in through a loopback port.

        :raises RpcError: Odoo refuses.
        """
        base = f"http://127.0.0.1:{port}"
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        opener = urllib.request.build_opener(cookies)
        parameters = {"db": database, "login": login, "password": password}
        info = _post(opener, f"{base}/web/session/authenticate", parameters)
        return cls(base, opener, info["uid"])

    def call(self, model: str, method: str, *args, **kwargs):
        """Call a public method of a model and return its result.

        :param args: positional arguments, the ids of the records first.
        """
        return _post(
            self.opener,
            f"{self.base}/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def get(self, path: str) -> bytes:
        """Return the body of a page, as the user sees it."""
        url = f"{self.base}{path}"
        with self.opener.open(url, timeout=TIMEOUT_SECONDS) as reply:
            return reply.read()


def _post(opener, url: str, parameters: dict):
    body = {"jsonrpc": "2.0", "method": "call", "params": parameters}
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with opener.open(request, timeout=TIMEOUT_SECONDS) as reply:
        answer = json.load(reply)
    if error := answer.get("error"):
        data = error.get("data", {})
        raise RpcError(data.get("name", ""), data.get("message", ""), data.get("debug"))
    # A method without a result has none in the answer either.
    return answer.get("result")
