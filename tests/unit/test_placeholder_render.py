"""Putting values in: escaped for their place, last, and never read again."""

import pytest

from tools.placeholder_parse import parse
from tools.placeholder_render import Mask, render
from tools.placeholder_value import Link, Listing, Rich, Table

VALUES = {
    "number": "INV/2026/0001",
    "name": "Åsa & Söner <AB>",
    "empty": "",
    "program": "{{ object.env }}",
    "tag": "{Number}",
    "spelled": "<NUMFACT> <<customer>>",
    "script": "<script>alert(1)</script>",
    "quote": "\" onmouseover='x'",
    "lines": "Storgatan 1\n411 38 Göteborg",
    "url": "https://example.com/?a=1&b=2",
    "evil": "java\nscript:alert(1)",
    "data": "data:text/html,x",
    "list": Listing(("one", "two <b>")),
    "table": Table(("What", "Amount"), (("Pump", "1 000,00 kr"),), right=(1,)),
    "rich": Rich("<b>Anna</b>", "Anna"),
    "rich.block": Rich("<div>Anna</div>", "Anna"),
    "link": Link("https://example.com/?a=1&b=2#pay"),
    "link.evil": Link("javascript:alert(1)//<b>"),
    "mail": "info@example.com",
    "mail.evil": "a@example.com?bcc=b@example.com",
    "control": "a\x00b\u2028c\x07",
}


def plain(source):
    return render(parse(source), VALUES.get).text


def html(source):
    return render(parse(source, html=True), VALUES.get).text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("No {Number}!", "No INV/2026/0001!"),
        ("{NUMBER}{number}", "INV/2026/0001INV/2026/0001"),
        ("{Name}", "Åsa & Söner <AB>"),
        ("{Empty}", ""),
        ("{Empty|none}", "none"),
        ("{Number|none}", "INV/2026/0001"),
        ("a[[ ({Empty})]]b", "ab"),
        ("a[[ ({Number})]]b", "a (INV/2026/0001)b"),
        ("[[{Number}[[ {Empty}]]]]", "INV/2026/0001"),
        ("[[{Empty}[[ {Number}]]]]", ""),
        ("[[{Empty|x}]]", "x"),
        ("[[ nothing in here ]]", " nothing in here "),
        ("{Program}", "{{ object.env }}"),
        ("{Tag}", "{Number}"),
        ("{Spelled}", "<NUMFACT> <<customer>>"),
        ("{List}", "one\ntwo <b>"),
        ("{Table}", "Pump – 1 000,00 kr"),
        ("{Rich}", "Anna"),
        ("{Control}", "a b c "),
        ("{Link}", "https://example.com/?a=1&b=2#pay"),
        ("{{ Number }}", "{{ Number }}"),
    ],
)
def test_plain_text(source, expected):
    assert plain(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>{Name}</p>", "<p>Åsa &amp; Söner &lt;AB&gt;</p>"),
        ("<p>{Script}</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<p>{Lines}</p>", "<p>Storgatan 1<br/>411 38 Göteborg</p>"),
        (
            '<b title="{Quote}">x</b>',
            '<b title="&quot; onmouseover=&#x27;x&#x27;">x</b>',
        ),
        ('<a href="{Url}">x</a>', '<a href="https://example.com/?a=1&amp;b=2">x</a>'),
        ('<a href="{Evil}">x</a>', '<a href="#">x</a>'),
        ('<a href="{Data}">x</a>', '<a href="#">x</a>'),
        ('<a href="https://s/{Number}">', '<a href="https://s/INV%2F2026%2F0001">'),
        ('<a href="https://s/?q={Quote}">', None),
        ('<p style="{Name}">x</p>', '<p style="">x</p>'),
        ("<p {Name}>x</p>", "<p >x</p>"),
        ("<p>{Empty|<b>none</b>}</p>", None),
        ("<p>{Rich}</p>", "<p><b>Anna</b></p>"),
        ("<p>{Rich.Block}</p>", "<div><div>Anna</div></div>"),
        ("<p>x {Rich.Block}</p>", "<p>x Anna</p>"),
        (
            "<p>{Link}</p>",
            '<p><a href="https://example.com/?a=1&amp;b=2#pay">'
            "https://example.com/?a=1&amp;b=2#pay</a></p>",
        ),
        (
            '<a href="{Link}">{Link} {Rich}</a>',
            '<a href="https://example.com/?a=1&amp;b=2#pay">'
            "https://example.com/?a=1&amp;b=2#pay Anna</a>",
        ),
        ("<p>{Link.Evil}</p>", "<p>javascript:alert(1)//&lt;b&gt;</p>"),
        ('<a href="{Mail}">x</a>', '<a href="mailto:info@example.com">x</a>'),
        ('<a href="{Mail.Evil}">x</a>', '<a href="#">x</a>'),
        ("<p>{Program}{Tag}</p>", "<p>{{ object.env }}{Number}</p>"),
    ],
)
def test_html(source, expected):
    text = html(source)
    if expected is not None:
        assert text == expected
    assert "'" not in text and "onmouseover=" not in text.replace("onmouseover=&", "")


def test_a_paragraph_vanishes_with_its_only_part():
    assert html("<p>a</p><p>[[Due {Empty}]]</p><p>b</p>") == "<p>a</p><p>b</p>"


def test_a_part_may_hold_whole_paragraphs():
    assert html("[[<p>Due</p><p>{Empty}</p>]]<p>b</p>") == "<p>b</p>"


def test_a_part_that_cuts_through_elements_leaves_them_whole():
    assert html("<p>[[x {Empty}</p><p>y]] z</p>") == "<p></p><p> z</p>"


def test_lists_and_tables_leave_their_paragraph():
    assert html("<p>{List}</p>").startswith('<div><ul style="')
    assert html("<p>{List}</p>").endswith("<li>two &lt;b&gt;</li></ul></div>")
    assert html('<p class="x">{Table}</p>').startswith('<div class="x"><table')
    assert html("<p>See {List}.</p>") == "<p>See one<br/>two &lt;b&gt;.</p>"
    assert html("<p>{List}{Number}</p><p>b</p>").endswith("0001</div><p>b</p>")


def test_what_was_empty_or_unknown_is_told():
    done = render(parse("{Empty} {Nope} [[{Empty}]] {Empty|x}"), VALUES.get)
    assert (done.empty, done.unknown) == (("Empty",), ("Nope",))
    assert "{Nope}" in done.text


@pytest.mark.parametrize(
    "source",
    [
        "<p>{Name} [[due {Empty}]] {Program}</p><p>[[{Empty}]]</p><p>{List}</p>",
        '<a href="{Url}" title="{Quote}">[[{Number}]]</a>{Empty|none}{Nope}',
        "<p>[[x {Empty}</p><p>y]] z</p>",
    ],
)
def test_a_masked_text_gives_the_same(source):
    template = parse(source, html=True)
    mask = Mask(template)
    assert "{Name}" not in mask.source and "{Url}" not in mask.source
    assert mask.fill(mask.source, VALUES.get) == render(template, VALUES.get)


def test_a_mask_cannot_be_guessed():
    template = parse("{Number}")
    assert Mask(template).source != Mask(template).source
    assert Mask(template).fill("mr0x0z", VALUES.get).text == "mr0x0z"
