"""From a gateway's form and a message to the octets of one HTTP request."""

import base64
import json
import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from .gateway_form import (
    GatewayFormError,
    GatewayMessage,
    auth_header,
    fill,
    parse_parameters,
)
from .gateway_presets import PRESETS, AnswerRules
from .gateway_url import GatewayUrl, parse_url

_UNSAFE = re.compile(r"[^\x21-\x7e]")
_UNSAFE_SECRET = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class GatewayRequest:
    """One request, ready to be written.

    :ivar bytes body: empty with GET
    :ivar AnswerRules rules: how to read the answer
    :ivar tuple secrets: texts that must appear nowhere
    :ivar bool repeated: the gateway may know the message
    """

    url: GatewayUrl
    method: str
    headers: tuple = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    rules: AnswerRules = AnswerRules()
    secrets: tuple = field(default=(), repr=False)
    repeated: bool = False

    @property
    def head(self):
        """The request line and the headers, in octets."""
        lines = [f"{self.method} {self.url.target} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode("ascii")


def build(form, message):
    """Write the request for one message.

    :param GatewayForm form: the gateway's settings
    :param GatewayMessage message: what is sent
    :rtype: GatewayRequest
    :raise GatewayFormError: for settings that make no request
    :raise GatewayUrlError: for an address that is none
    """
    url = parse_url(form.url, form.user)
    pairs = [
        (name, value)
        for name, template in parse_parameters(form.parameters)
        if (value := fill(template, message, form)) is not None
    ]
    mimetype, body = _body(form, pairs)
    if form.method == "GET":
        joint = "&" if "?" in url.target else "?"
        query = body.decode("ascii")
        url = GatewayUrl(url.scheme, url.host, url.port, f"{url.target}{joint}{query}")
        mimetype, body = "", b""
    headers = _headers(form, url, mimetype, body, message.id)
    return GatewayRequest(
        url,
        form.method,
        headers,
        body,
        rules_of(form),
        _secrets(form),
        message.repeated,
    )


def check_form(form):
    """Try a form out with a made-up message, without sending anything.

    :param GatewayForm form: the settings
    :raise GatewayFormError: naming what is wrong
    :raise GatewayUrlError: naming what is wrong with the address
    """
    build(form, GatewayMessage("+46700000000", "x", "Sender", "1", "https://a.example"))


def rules_of(form):
    """Return how the answers to a form's requests are read.

    :rtype: AnswerRules
    """
    if form.preset in PRESETS:
        return PRESETS[form.preset].rules
    ids = (form.answer_id,) if form.answer_id else AnswerRules().ids
    return AnswerRules(ids, form.any_success)


def _body(form, pairs):
    if form.body == "json" and form.method != "GET":
        data = json.dumps(_nested(pairs), ensure_ascii=False)
        return "application/json; charset=utf-8", _octets(data)
    plain = [(re.sub(r":\w+$", "", name), value) for name, value in pairs]
    query = urlencode(plain, quote_via=quote, encoding="utf-8", errors="replace")
    return "application/x-www-form-urlencoded; charset=utf-8", query.encode("ascii")


def _nested(pairs):
    """Make ``a.b``, ``list[]`` and ``count:number`` into JSON values."""
    result = {}
    for name, value in pairs:
        path, _colon, kind = name.partition(":")
        *above, last = path.split(".")
        place = result
        for key in above:
            place = place.setdefault(key, {})
            if not isinstance(place, dict):
                raise GatewayFormError("name", name)
        value = _typed(name, value, kind)
        if last.endswith("[]"):
            place.setdefault(last[:-2], []).append(value)
        else:
            place[last] = value
    return result


def _typed(name, value, kind):
    if kind == "flag":
        return value.lower() in ("1", "true", "yes")
    if kind == "number":
        if not re.fullmatch(r"-?\d{1,18}", value):
            raise GatewayFormError("number", name)
        return int(value)
    return value


def _headers(form, url, mimetype, body, identifier):
    headers = [
        ("Host", url.host_header),
        ("User-Agent", "Mailroom"),
        ("Accept", "application/json, text/plain;q=0.5"),
        # An unpacked answer can be a thousand times the packed one.
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    if form.method != "GET":
        headers += [("Content-Type", mimetype), ("Content-Length", str(len(body)))]
    if identifier:
        # A gateway that knows the header takes the same message once only.
        headers.append(("Idempotency-Key", _UNSAFE.sub("-", identifier)))
    return tuple(headers + _auth(form))


def _auth(form):
    if form.auth == "none":
        return []
    if _UNSAFE_SECRET.search(form.secret + form.user):
        raise GatewayFormError("secret")
    if form.auth == "basic":
        pair = base64.b64encode(f"{form.user}:{form.secret}".encode()).decode()
        return [("Authorization", f"Basic {pair}")]
    if not form.secret.isascii():
        raise GatewayFormError("secret")
    if form.auth == "bearer":
        return [("Authorization", f"Bearer {form.secret}")]
    name, before = auth_header(form.header)
    return [(name, f"{before}{form.secret}")]


def _secrets(form):
    """Return the forms in which a secret could come back in an answer."""
    if not form.secret:
        return ()
    pair = base64.b64encode(f"{form.user}:{form.secret}".encode()).decode()
    return tuple({form.secret, quote(form.secret, safe=""), pair})


def _octets(text):
    return text.encode("utf-8", "replace")
