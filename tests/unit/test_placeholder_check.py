"""What cannot be saved, and the word that was meant."""

import pytest

from tools.placeholder_check import check
from tools.placeholder_parse import parse

NAMES = ("Number", "Customer.Name", "Customer.Contact.Name", "DueDate", "NUMFACT")
ELSEWHERE = {"validuntil": ("quotation",)}


def faults(source, html=False):
    return check(parse(source, html=html), NAMES, ELSEWHERE)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{Numbre}", "Number"),
        ("{Custmer.Name}", "Customer.Name"),
        ("{Customer Name}", "Customer.Name"),
        ("{duedate.}", "DueDate"),
        ("{contactname}", "Customer.Contact.Name"),
        ("<NUMFAKT>", "NUMFACT"),
        ("{Qqq}", ""),
    ],
)
def test_an_unknown_tag_names_the_nearest(written, meant):
    (fault,) = faults(written)
    assert (fault.code, fault.nearest) == ("unknown", meant)


def test_a_tag_of_another_kind_says_so():
    (fault,) = faults("{ValidUntil}")
    assert (fault.code, fault.kinds) == ("other_kind", ("quotation",))


def test_right_tags_have_no_fault():
    assert faults("{number} <<CUSTOMER.NAME>> <NUMFACT> [[{DueDate}]]") == []


def test_faults_stand_in_the_order_of_the_text():
    assert [f.code for f in faults("[[ {Nope} ]] ]] {Number")] == [
        "unknown",
        "unopened",
        "brace",
    ]
