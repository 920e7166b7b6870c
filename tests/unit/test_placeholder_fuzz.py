"""T19: whatever is written in a template, nothing is evaluated and nothing breaks."""

import html as html_entities
import random
import re

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from tools.placeholder_check import check
from tools.placeholder_markup import MARKUP
from tools.placeholder_parse import parse
from tools.placeholder_render import Mask, render
from tools.placeholder_tidy import tidy
from tools.placeholder_value import Link

SECRET = "canary-7f3a"
CASES = 10000


class Record:
    """Something that must never be looked into: it knows a secret."""

    password = SECRET

    def __str__(self):
        return "a record"


NASTY = (
    "{{ object.env }}",
    "{Number}",
    "<script>alert(1)</script>",
    '" onclick="x',
    "[[ {Total} ]]",
    '<t t-out="env"/>',
    "{0.__class__}",
    "%(password)s",
    "${password}",
)
DOCUMENTS = (
    {"number": "S00001", "customer.name": "Åsa", "total": "1 000,00 kr", "due": ""},
    {"number": "", "customer.name": "", "total": "", "due": ""},
    {name: "".join(NASTY) for name in ("number", "customer.name", "total", "due")},
)
PARTS = st.sampled_from(
    [
        *NASTY,
        "{Customer.Name}",
        "{Due|later}",
        "{Nope}",
        "{Record.password}",
        "{Customer.Name.__class__}",
        "<<customer>>",
        "{<b>Number</b>}",
        "{Due|<b>",
        "https://{Number}",
        "</b>",
        "&lt;NUMFACT&gt;",
        "<NUMFACT>",
        "[[",
        "]]",
        "{",
        "}",
        "|",
        "<p>",
        "</p>",
        '<a href="',
        '">',
        "</a>",
        "<!--",
        "-->",
        "<style>",
        "</style>",
        "'",
        "\\",
        "\x00",
        "\u202e",
        "｛Number｝",
        "𝓝",
    ]
)
TEXTS = st.lists(PARTS | st.text(max_size=12), max_size=14).map("".join)


def lookup_in(values):
    record = Record()

    def lookup(key):
        value = values.get(key)
        return value if isinstance(value, str) or value is None else str(record)

    return lookup


@seed(19)
@settings(
    max_examples=CASES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(TEXTS, st.booleans())
def test_nothing_is_evaluated_and_nothing_breaks(source, is_html):
    source = tidy(source) if is_html else source
    template = parse(source, html=is_html)
    unknown = {tag.name for tag in template.tags() if tag.key not in DOCUMENTS[0]}
    told = {f.name for f in check(template, DOCUMENTS[0], {}) if f.code == "unknown"}
    assert told == unknown
    for values in DOCUMENTS:
        lookup = lookup_in(values)
        done = render(template, lookup)
        assert SECRET not in done.text
        assert set(done.unknown) <= unknown
        mask = Mask(template)
        assert mask.fill(mask.source, lookup).text == done.text


@seed(19)
@settings(max_examples=2000, derandomize=True, database=None, deadline=None)
@given(st.text(max_size=80) | st.sampled_from(NASTY))
def test_a_value_adds_no_element_and_no_attribute(value):
    source = (
        '<div><p>{Number}</p><a href="{Number}" title="{Number}">x</a>'
        '<a href="https://s.example/{Number}?q={Number}">{Link}</a><p>{Link}</p>'
        "<p>[[a {Number}]]</p></div>"
    )
    values = {"number": value, "link": Link(value)}
    text = render(parse(source, html=True), values.get).text
    tree = lxml_html.fragment_fromstring(text)
    allowed = {"div", "p", "a", "br"}
    assert {node.tag for node in tree.iter()} <= allowed
    assert {name for node in tree.iter() for name in node.attrib} <= {"href", "title"}
    for link in tree.iter("a"):
        assert re.match(r"https?://|mailto:|tel:|#|$", link.get("href"), re.IGNORECASE)


@seed(19)
@settings(max_examples=1000, derandomize=True, database=None, deadline=None)
@given(TEXTS)
def test_a_value_is_never_read_again(value):
    """Whatever a value says, it is printed as it is, in every place."""
    cleaned = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", " ", value)
    if not cleaned.strip():
        return
    template = "{A} {B|x} [[{A}]]"
    plain = render(parse(template), {"a": value, "b": "{A}"}.get)
    normal = cleaned if "\r" not in value else None
    if normal is not None:
        assert plain.text == f"{normal} {{A}} {normal}"
    marked = render(
        parse(f"<p>{template}</p>", html=True), {"a": value, "b": "{A}"}.get
    )
    inside = MARKUP.sub("", marked.text.replace("<br/>", "\n"))
    if normal is not None:
        assert html_entities.unescape(inside) == html_entities.unescape(
            html_entities.escape(f"{normal} {{A}} {normal}")
        )


def test_long_and_deep_texts_take_no_time():
    deep = "[[" * 400 + "{Number}" + "]]" * 400
    wide = "{Number}" * 5000 + "{" * 2000 + "<" * 2000 + "&lt;" * 500
    noise = "".join(random.Random(19).choices("{}[]<>&;|\"'ab= ", k=20000))
    for source in (deep, wide, noise):
        for is_html in (False, True):
            render(parse(source, html=is_html), DOCUMENTS[0].get)
