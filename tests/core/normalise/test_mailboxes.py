"""Spellings of one mailbox count together."""

import pytest

from portal.core.normalise import emails


@pytest.mark.parametrize(
    "spelling", ["Ann@Example.com", "ANN@example.com", "ann+garage@example.com", "aNN+a+b@EXAMPLE.com"]
)
def test_capitals_and_what_follows_a_plus_make_no_other_mailbox(spelling):
    assert emails.mailbox(spelling) == "ann@example.com"


@pytest.mark.parametrize("spelling", ["a.n.n@gmail.com", "Ann@googlemail.com", "an.n+x@Gmail.com"])
def test_gmail_sees_no_dots(spelling):
    assert emails.mailbox(spelling) == "ann@gmail.com"


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.nn@example.com", "ann@example.com"), ("ann@a.example", "ann@b.example"), ("ä@x.be", "a@x.be")],
)
def test_who_may_be_two_people_counts_as_two(one, other):
    assert emails.mailbox(one) != emails.mailbox(other)


def test_what_is_no_address_has_no_mailbox_and_none_is_empty():
    assert emails.mailbox("") == ""
    assert emails.mailbox("+x@example.com") == "+x@example.com"
