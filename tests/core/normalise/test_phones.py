"""Phone numbers of any country, kept in the one form that machines dial."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.normalise import phones


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("0470 12 34 56", "BE", "+32470123456"),
        ("0470/12.34.56", "BE", "+32470123456"),
        ("016 22 00 00", "BE", "+3216220000"),
        ("+32 (0)470 12 34 56", "BE", "+32470123456"),
        ("0032 470 12 34 56", "BE", "+32470123456"),
        ("06 12345678", "NL", "+31612345678"),
        ("06-12345678", "NL", "+31612345678"),
        ("0171 1234567", "DE", "+491711234567"),
        ("(030) 901820", "DE", "+4930901820"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("621 123 456", "LU", "+352621123456"),
        ("07911 123456", "GB", "+447911123456"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("+1 202 555 0123", "BE", "+12025550123"),
        ("+48 512 345 678", "BE", "+48512345678"),
        ("+90 532 123 45 67", "NL", "+905321234567"),
        ("+212 612-345678", "FR", "+212612345678"),
        ("0470 12 34 56\n", "BE", "+32470123456"),
        ("٠٤٧٠١٢٣٤٥٦", "BE", "+32470123456"),
    ],
)
def test_a_number_as_people_write_it_becomes_one_that_can_be_dialled(written, country, number):
    assert phones.normalise(written, country) == number


@pytest.mark.parametrize(
    "written",
    ["", " ", "12", "phone", "jan@example.com", "+", "+999 12345678", "0" * 30, "1" * 1000, "\0",
     "\ud800", "+32470123456\r\nBcc: eve@example.com", "<script>"],
)  # fmt: skip
def test_what_cannot_be_a_number_is_none(written):
    assert phones.normalise(written, "BE") is None


@pytest.mark.parametrize(
    ("written", "country"),
    [("12", "DE"), ("123", "DE"), ("1234", "DE"), ("0 118", "DE"), ("901820", "DE"), ("112", "BE"), ("1234", "LU"),
     ("1234", "AT"), ("555-0123", "US"), ("123456", "GB"), ("+49 12", "BE")],
)  # fmt: skip
def test_what_is_too_short_to_be_anybodys_number_is_none(written, country):
    assert phones.normalise(written, country) is None


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("030 123", "DE", "+4930123"),
        ("43 21", "LU", "+3524321"),
        ("22 12 34", "LU", "+352221234"),
        ("02 1234", "IT", "+39021234"),
        ("010 2345", "FI", "+358102345"),
        ("0800 1234", "NL", "+318001234"),
        ("+376 712 345", "BE", "+376712345"),
        ("+683 4123", "BE", "+6834123"),
    ],
)
def test_a_short_number_that_there_is_stays(written, country, number):
    assert phones.normalise(written, country) == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+32470123456", "+32 470 12 34 56"),
        ("+3216220000", "+32 16 22 00 00"),
        ("+31612345678", "+31 6 12345678"),
        ("+491711234567", "+49 171 1234567"),
        ("+33612345678", "+33 6 12 34 56 78"),
    ],
)
def test_a_number_is_shown_as_its_country_writes_it(number, shown):
    assert phones.spoken(number) == shown
    assert phones.normalise(shown, "BE") == number


@given(st.text(st.characters(exclude_categories=())) | st.from_regex(r"[+0-9 ()/.-]{0,24}", fullmatch=True))
def test_whatever_is_typed_the_answer_is_e164_or_none(text):
    number = phones.normalise(text, "BE")
    assert number is None or re.fullmatch(r"\+[1-9][0-9]{4,16}", number)


@given(
    st.from_regex(r"\+(32|31|49|33|352|44|1|48)[1-9][0-9]{7,9}", fullmatch=True),
    st.sampled_from(["BE", "NL", "US"]),
)
def test_a_number_with_its_country_means_the_same_everywhere_and_stays_as_it_is(text, country):
    number = phones.normalise(text, country)
    assert (
        number is None
        or phones.normalise(number, "DE") == phones.normalise(phones.spoken(number), "DE") == number
    )
