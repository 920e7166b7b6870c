"""From a form to octets: every value stands encoded in its place, and is not parsed."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from gateway_helpers import MESSAGE, PARAMETERS, form
from hypothesis import given
from hypothesis import strategies as st

from tools.gateway_form import (
    GatewayForm,
    GatewayFormError,
    GatewayMessage,
    auth_header,
    parse_parameters,
)
from tools.gateway_presets import PRESETS
from tools.gateway_receipt import KINDS
from tools.gateway_request import build, check_form
from tools.gateway_url import GatewayUrlError, parse_url

URL = "https://gw.example/send"


def headers(request):
    return {name.lower(): value for name, value in request.headers}


def test_a_form():
    request = build(form(URL), MESSAGE)
    assert parse_qs(request.body.decode()) == {
        "to": ["+46705123456"],
        "text": ["Hej på dig"],
        "from": ["Nordvik"],
        "reference": ["mailroom-42"],
    }
    assert headers(request)["content-length"] == str(len(request.body))
    assert headers(request)["host"] == "gw.example"
    assert request.head.startswith(b"POST /send HTTP/1.1\r\n")


def test_json_with_lists_numbers_and_flags():
    lines = (
        "to[] = {to}\nbody.text = {text}\nbody.size:number = 2\nflash:flag = no\n"
        "n:number = {digits}"
    )
    request = build(form(URL, body="json", parameters=lines), MESSAGE)
    assert json.loads(request.body) == {
        "to": ["+46705123456"],
        "body": {"text": "Hej på dig", "size": 2},
        "flash": False,
        "n": 46705123456,
    }


def test_get_puts_everything_into_the_address():
    request = build(form(f"{URL}?v=1", method="GET"), MESSAGE)
    values = parse_qs(urlsplit(request.url.target).query)
    assert values["text"] == ["Hej på dig"] and values["v"] == ["1"]
    assert request.body == b"" and "content-length" not in headers(request)


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({"auth": "none"}, "authorization", None),
        ({"auth": "basic", "secret": "b"}, "authorization", "Basic bm9yZHZpazpi"),
        ({"auth": "bearer", "secret": "b"}, "authorization", "Bearer b"),
        ({"auth": "header", "secret": "b", "header": "X-Api-Key"}, "x-api-key", "b"),
        (
            {"auth": "header", "secret": "b", "header": "Authorization: Token"},
            "authorization",
            "Token b",
        ),
    ],
)
def test_ways_to_log_in(changes, name, value):
    assert headers(build(form(URL, **changes), MESSAGE)).get(name) == value


def test_a_gateway_that_wants_its_key_among_the_parameters():
    lines = f"{PARAMETERS}\nkey = {{user}}:{{secret}}"
    request = build(form(URL, auth="none", parameters=lines, secret="b"), MESSAGE)
    assert parse_qs(request.body.decode())["key"] == ["nordvik:b"]
    assert "b" in request.secrets


def test_a_tag_without_a_value_leaves_its_line_out():
    lines = f"{PARAMETERS}\nreport = {{callback}}\nnote = x{{callback}}"
    body = build(form(URL, parameters=lines), MESSAGE).body.decode()
    assert parse_qs(body)["note"] == ["x"] and "report" not in body


@given(st.text(max_size=80), st.text(max_size=12))
def test_no_value_escapes_from_its_place(text, sender):
    message = GatewayMessage("+46705123456", f"{{to}}{text}", sender, text[:20])
    plain = text.encode("utf-8", "replace").decode()
    request = build(form(URL), message)
    values = parse_qs(request.body.decode(), keep_blank_values=True)
    assert set(values) <= {"to", "text", "from", "reference"}
    assert values["to"] == ["+46705123456"]
    assert values["text"] == ["{to}" + plain]
    assert request.head.count(b"\r\n\r\n") == 1
    assert len(request.head.split(b"\r\n")) == len(request.headers) + 3
    data = json.loads(build(form(URL, body="json"), message).body)
    assert data["text"] == "{to}" + plain


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("to = {to}", "missing"),
        ("text = {text}", "missing"),
        ("", "missing"),
        ("to = {to}\ntext = {text}\nwhat", "line"),
        ("to = {to}\ntext = {text}\na b = 1", "name"),
        ("to = {to}\ntext = {text}\nx = {phone}", "tag"),
        ("to:number = {to}\ntext = {text}", "number"),
        ("to = {to}\ntext = {text}\n" + "a = 1\n" * 50, "many"),
    ],
)
def test_a_form_that_cannot_work_is_refused(lines, code):
    with pytest.raises(GatewayFormError) as refusal:
        check_form(form(URL, body="json", parameters=lines))
    assert refusal.value.code == code


def test_notes_and_digits_are_fine():
    assert parse_parameters("# our note\n\nn = {digits}\nt=a {text} b") == [
        ("n", "{digits}"),
        ("t", "a {text} b"),
    ]


@pytest.mark.parametrize("name", ["", "Host", "content-length", "a b", "X:\r\nY", "é"])
def test_headers_that_are_not_ours_to_set(name):
    with pytest.raises(GatewayFormError):
        auth_header(name)


@pytest.mark.parametrize("secret", ["a\r\nX: 1", "a\nb", "\x00"])
def test_a_secret_cannot_add_headers(secret):
    for auth in ("basic", "bearer", "header"):
        with pytest.raises(GatewayFormError) as refusal:
            build(form(URL, auth=auth, secret=secret, header="X-Key"), MESSAGE)
        assert secret not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "empty"),
        ("ftp://gw.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://gw.example", "scheme"),
        ("gw.example/send", "scheme"),
        ("https://user:pw@gw.example/", "user"),
        ("https://user@gw.example/", "user"),
        ("https:///send", "host"),
        ("https://gw.example:99999/", "port"),
        ("https://gw.example:x/", "port"),
        ("https://gw.example/a\r\nX: 1", "unfit"),
        ("https://gw.example/a b", "unfit"),
        ("https://gw.example\\@evil.example/", "unfit"),
    ],
)
def test_addresses_that_are_refused(url, code):
    with pytest.raises(GatewayUrlError) as refusal:
        parse_url(url)
    assert refusal.value.code == code
    assert "pw" not in refusal.value.text


def test_addresses_that_work():
    url = parse_url("http://[::1]:8070/å?q=å&{user}", "a/b")
    assert (url.scheme, url.host, url.port) == ("http", "::1", 8070)
    assert url.target == "/%C3%A5?q=%C3%A5&a%2Fb"
    assert url.host_header == "[::1]:8070"


@pytest.mark.parametrize("key", PRESETS)
def test_each_preset_makes_a_request(key):
    preset = PRESETS[key]
    filled = GatewayForm(
        preset.url,
        preset.method,
        preset.auth,
        "someone",
        "secret",
        preset.header,
        preset.body,
        preset.parameters,
        key,
    )
    check_form(filled)
    request = build(filled, MESSAGE)
    assert request.url.scheme == "https" and request.rules == preset.rules
    assert preset.docs.startswith("https://") and preset.receipt in KINDS
    assert b"46705123456" in request.body


@pytest.mark.parametrize(("text", "encoding"), (("Hej på dig", []), ("Čas", ["UCS2"])))
def test_gatewayapi_is_asked_as_it_documents(text, encoding):
    preset = PRESETS["gatewayapi"]
    asked = form(preset.url, auth="none", secret="abc", parameters=preset.parameters)
    request = build(asked, replace(MESSAGE, text=text, callback="https://a.example/r"))
    values = parse_qs(request.body.decode())
    assert values.pop("encoding", []) == encoding
    assert values == {
        "token": ["abc"],
        "sender": [MESSAGE.sender],
        "recipients.0.msisdn": ["46705123456"],
        "message": [text],
        "userref": [MESSAGE.id],
        "callback_url": ["https://a.example/r"],
    }
