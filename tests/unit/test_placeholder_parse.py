"""Reading texts with tags: every spelling, every place, every fault."""

import pytest

from tools.placeholder import Tag
from tools.placeholder_markup import is_program
from tools.placeholder_parse import parse
from tools.placeholder_tidy import tidy


def names(source, html=False):
    return [tag.name for tag in parse(source, html).tags()]


def codes(source, html=False):
    return [fault.code for fault in parse(source, html).faults]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{Number}", ["Number"]),
        ("{ Number }", ["Number"]),
        ("{Customer.Contact.Name}", ["Customer.Contact.Name"]),
        ("{Number}{Total}", ["Number", "Total"]),
        ("<<customer>>", ["customer"]),
        ("<< customer >>", ["customer"]),
        ("<NUMFACT>", ["NUMFACT"]),
        ("&lt;&lt;customer&gt;&gt;", ["customer"]),
        ("&lt;NUMFACT&gt;", ["NUMFACT"]),
        ("{Příjmení}", ["Příjmení"]),
        ("{}", []),
        ("{1}", []),
        ("{ }", []),
        ("a < b and c > d", []),
        ("<b>", []),
        ("{" + "x" * 81 + "}", []),
    ],
)
def test_spellings(source, expected):
    assert names(source) == expected


def test_default_belongs_to_its_tag():
    (tag,) = parse("{Customer.Contact.FirstName|customer}").tags()
    assert (tag.name, tag.default) == ("Customer.Contact.FirstName", "customer")


def test_empty_default_is_a_default():
    assert [tag.default for tag in parse("{A|}{B}").tags()] == ["", None]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{Number", ["brace"]),
        ("[[ {Number}", ["unclosed"]),
        ("{Number} ]]", ["unopened"]),
        ("{{ object.name }}", ["program"]),
        ("{{Number}}", ["program"]),
        ("{{", ["program"]),
        ("[[ [[ {A} ]] ]]", []),
        ("a { b", ["brace"]),
        ("Number}", ["stray"]),
        ("{}} {1} {}", ["stray"]),
        ("{1Number}", ["name"]),
        ("{" + "x" * 81 + "}", ["inside"]),
        ("{A|{B}}", ["default"]),
        ("{A|a {B} c {D}}", ["default"]),
        ("{A|b", ["brace"]),
    ],
)
def test_faults_of_plain_text(source, expected):
    assert codes(source) == expected


def test_a_fault_knows_its_place():
    (fault,) = parse("Hello {Number").faults
    assert (fault.position, fault.source) == (6, "{")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>[[ {A} ]]</p>", []),
        ("<p>[[ {A}</p><p> ]]</p>", ["crossing"]),
        ("<p>[[ <b>{A} ]]</b></p>", ["crossing"]),
        ("<p>[[ {A}<br> ]]</p>", []),
        ('<p style="{A}">x</p>', ["place"]),
        ('<p onclick="{A}">x</p>', ["place"]),
        ("<p {A}>x</p>", ["place"]),
        ("<a href={A}>x</a>", ["place"]),
        ('<a href="{A}">x</a>', []),
        ('<img src="{A}" alt="{B}"/>', []),
        ("<style>p {color: red}</style>", []),
        ("<!-- {A} [[ -->", []),
        ("<p>{{ object }}</p>", ["program"]),
        ('<p title="{{ object }}">x</p>', ["program"]),
        ("<p>{A|<b>x</b>}</p>", ["default"]),
        ("<p>{A|x</p>", ["brace"]),
        ("<p>{<br>A}</p>", ["inside"]),
        ("<p>{</p><p>x", ["brace"]),
        ("<p>x}</p>", ["stray"]),
        ('<p data-x=\'{"a": {"b": 1}}\' style="{">x</p>', []),
        ('<a href="https://x/{">x</a>', ["brace"]),
    ],
)
def test_faults_of_html(source, expected):
    assert codes(source, html=True) == expected


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("<p>{A}</p>", "text"),
        ("<p><a>x</a>{A}</p>", "text"),
        ("<p><a><b>{A}</b></a></p>", "label"),
        ('<a href="{A}">', "url"),
        ('<a href=" {A}">', "url"),
        ('<a href="https://x.example/{A}">', "path"),
        ('<a href="https://x.example/?a={A}">', "query"),
        ('<a href="javascript:{A}">', "path"),
        ('<img alt="{A}">', "attribute"),
        ('<a href="{A}" title="&gt;">', "url"),
        ('<p class="{A}">', "nowhere"),
    ],
)
def test_place_of_a_tag(source, place):
    (tag,) = parse(source, html=True).tags()
    assert tag.place == place


def test_nothing_of_a_text_is_lost():
    source = '<p>[[a {A|b} c]] <a href="{L}">{{x}}</a> ]] {1} <!--x--> &lt;N&gt;</p>'
    pieces = parse(source, html=True).pieces
    assert sorted("".join(piece.source for piece in pieces)) == sorted(source)


def test_positions_are_those_of_the_source():
    source = 'x<p>{A}</p><a href="{B}">[[{C}]]</a>'
    for tag in parse(source, html=True).tags():
        assert source[tag.position :].startswith(tag.source)


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("<p><NUMFACT></p>", "<p>{NUMFACT}</p>"),
        ("<p><<customer>></p>", "<p>{customer}</p>"),
        ("<TABLE><TR></TR></TABLE>", "<TABLE><TR></TR></TABLE>"),
        ('<a href="%7BLink.Portal%7D">', '<a href="{Link.Portal}">'),
        ('<a href="%7bA%7cno%7d">', '<a href="{A|no}">'),
        ('<a href="https://x/%20%7B">', '<a href="https://x/%20%7B">'),
        ('<a href="https://{Link.Pay}">', '<a href="{Link.Pay}">'),
        ("<a href='http://{Supplier.Web}/a'>", "<a href='{Supplier.Web}/a'>"),
        ('<a href="https://%7BLink.Pay%7D">', '<a href="{Link.Pay}">'),
        ('<img src="https://{A|https://x}"/>', '<img src="{A|https://x}"/>'),
        ('<a href="https://{A}.test/">', '<a href="https://{A}.test/">'),
        ('<a href="https://x/{A}">', '<a href="https://x/{A}">'),
        ("<p>{<strong>Number</strong>}</p>", "<p><strong>{Number}</strong></p>"),
        ("{Customer.<b>Name</b>}", "<b>{Customer.Name}</b>"),
        ("{<b><i>A</i></b><u>B</u>}", "<u><b><i>{AB}</i></b></u>"),
        ("<b>x {Num</b>ber}", "<b>x {Number}</b>"),
        ("{Num<b>ber} x</b>", "<b>{Number} x</b>"),
        ('{<font style="x">A</font>|b}', '<font style="x">{A|b}</font>'),
        ("{A|<b>x</b>}", "{A|<b>x</b>}"),
        ("<b>{A</b><i>B}</i>", "<b>{A</b><i>B}</i>"),
        ("{A<br>}", "{A<br>}"),
        ("{{ <b>A</b> }}", "{{ <b>A</b> }}"),
        (None, ""),
    ],
)
def test_tidy_keeps_tags_that_html_would_lose(pasted, expected):
    assert tidy(pasted) == expected


def test_a_tag_is_known_in_lower_case():
    assert Tag("Customer.Name", None, "", 0, "plain").key == "customer.name"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<img alt="Our T-shirt">', False),
        ("<img title='red t-shirt'>", False),
        ("<!-- a t-shirt -->", False),
        ("<style>p { a: t-x } t t-b</style>", False),
        ('<img alt="<t t-out=x>">', False),
        ('<p t-out="x">', True),
        ("<p\tT-IF=x>", True),
        ('<p title="a"t-out="x">', True),
        ('<p title=a"b t-out="x" c">', True),
        ('<style t-if="x"></style>', True),
        ("<t>x</t>", True),
        ("</T>", True),
    ],
)
def test_a_program_is_known_by_elements_and_attributes(source, expected):
    assert is_program(source) is expected
