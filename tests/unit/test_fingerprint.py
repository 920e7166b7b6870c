"""A document has changed when the customer would see something else, and only then."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.fingerprint import SHOWN_LIMIT, differences, fingerprint


def line(key, label="Desk", **values):
    return {
        "key": key,
        "label": label,
        "values": {
            name: {"label": name.title(), "value": value}
            for name, value in values.items()
        },
    }


def content(*lines, **values):
    made = {
        name: {"label": name.title(), "value": value} for name, value in values.items()
    }
    made["lines"] = {"label": "Lines", "lines": list(lines)}
    return made


OLD = content(
    line("1", "Desk", name="Desk", quantity="2.00"),
    line("2", "Lamp", name="Lamp", quantity="1.00"),
    partner="Azure",
    total="120.00",
)


def shown(old, new):
    return [
        (found.kind, found.key, found.label, found.line, found.old, found.new)
        for found in differences(old, new)
    ]


def test_the_same_number_in_every_process():
    assert fingerprint(content(partner="Azure")) == fingerprint(
        content(partner="Azure")
    )
    assert fingerprint({}) == (
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )


def test_a_changed_value():
    new = copy.deepcopy(OLD)
    new["total"]["value"] = "130.00"
    assert shown(OLD, new) == [("changed", "total", "Total", "", "120.00", "130.00")]
    assert fingerprint(OLD) != fingerprint(new)


def test_lines_are_matched_by_their_key():
    new = content(
        line("3", "Chair", name="Chair", quantity="4.00"),
        line("1", "Desk", name="Desk", quantity="3.00"),
        partner="Azure",
        total="120.00",
    )
    assert shown(OLD, new) == [
        ("added", "lines.3", "Lines", "Chair", None, "Chair"),
        ("changed", "lines.1.quantity", "Quantity", "Desk", "2.00", "3.00"),
        ("removed", "lines.2", "Lines", "Lamp", "Lamp", None),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda new: new["total"].update(label="Summe"),
        lambda new: new["lines"]["lines"].reverse(),
        lambda new: new["lines"]["lines"][0].update(label="Tisch"),
        lambda new: new["lines"]["lines"][0].update(key="99"),
        lambda new: new.update(note={"label": "Note", "value": ""}),
        lambda new: new.update(note={"label": "Note", "value": None}),
        lambda new: new.update(note={"label": "Note", "value": False}),
        lambda new: new.update(tags={"label": "Tags", "value": []}),
        lambda new: new.update(fees={"label": "Fees", "lines": []}),
        lambda new: new["lines"]["lines"][0]["values"].update(
            discount={"label": "Discount", "value": ""}
        ),
    ],
)
def test_what_a_customer_does_not_see(change):
    new = copy.deepcopy(OLD)
    change(new)
    assert not differences(OLD, new)
    assert fingerprint(OLD) == fingerprint(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [("0", 0), (1, True), ("a", "a "), (0, ""), ("a", ["a"]), (["a", "b"], ["b", "a"])],
)
def test_values_that_look_alike(old, new):
    old, new = content(x=old), content(x=new)
    assert fingerprint(old) != fingerprint(new)
    assert [found.key for found in differences(old, new)] == ["x"]


def test_a_second_line_of_the_same_kind_is_new():
    twice = content(line("1", name="Desk"), line("2", name="Desk"))
    turned = content(line("2", name="Desk"), line("1", name="Desk"))
    once = content(line("1", name="Desk"))
    assert shown(once, turned) == [("added", "lines.2", "Lines", "Desk", None, "Desk")]
    assert shown(once, twice) == [("added", "lines.2", "Lines", "Desk", None, "Desk")]
    assert shown(twice, once) == [("removed", "lines.2", "Lines", "Desk", "Desk", None)]


def test_an_entry_that_is_gone_comes_last():
    new = content(total="1.00")
    assert [
        found.key for found in differences(content(total="2.00", note="x"), new)
    ] == [
        "total",
        "note",
    ]


@pytest.mark.parametrize("value", [1.5, 2.0, object(), {"a": 1}, b"x", [1.5], [["a"]]])
def test_only_plain_values(value):
    with pytest.raises(TypeError):
        fingerprint(content(x=value))


def test_long_texts_are_cut_around_the_place_where_they_part():
    old, new = "x" * 500 + "old" + "y" * 500, "x" * 500 + "new" + "y" * 500
    (found,) = differences(content(note=old), content(note=new))
    assert found.old.startswith("…" + "x" * 20 + "old")
    assert found.new.startswith("…" + "x" * 20 + "new")
    assert len(found.new) == SHOWN_LIMIT + 2 and found.new.endswith("…")
    (found,) = differences(content(note=old), content(note="short"))
    assert (found.new, len(found.old)) == ("short", SHOWN_LIMIT + 1)


PLAIN = st.sampled_from(["", "a", "b", None, False, True, 0, 1, ["a"]])
LINES = st.lists(
    st.builds(
        lambda key, name, quantity: line(key, name=name, quantity=quantity),
        st.sampled_from("1234"),
        PLAIN,
        PLAIN,
    ),
    max_size=4,
    unique_by=lambda item: item["key"],
)
CONTENT = st.builds(
    lambda lines, values: content(*lines, **values),
    LINES,
    st.dictionaries(st.sampled_from(["partner", "total", "note"]), PLAIN),
)


@settings(max_examples=600)
@given(CONTENT, CONTENT)
def test_there_are_differences_exactly_when_the_fingerprints_differ(old, new):
    assert bool(differences(old, new)) == (fingerprint(old) != fingerprint(new))
    assert not differences(old, old)
