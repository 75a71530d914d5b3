"""A case number is found however it is read out, typed or pasted."""

import pytest

from portal.core import codes
from portal.core.normalise import case_numbers


@pytest.mark.parametrize(
    "written",
    ["K7M-2QX-9RA", "k7m-2qx-9ra", " K7M 2QX 9RA ", "k7m2qx9ra", "K7M–2QX—9RA", "K7M\u00a02QX\u200b9RA\n"],
)
def test_spaces_hyphens_invisible_signs_and_case_do_not_count(written):
    assert case_numbers.key(written) == "K7M2QX9RA"


def test_every_other_sign_counts():
    keys = {
        case_numbers.key(number)
        for number in ("26/1017", "261017", "26.1017", "26_1017", "O261017", "0261017")
    }
    assert len(keys) == 6


@pytest.mark.parametrize("nothing", ["", " ", "-", "– —", "\0", "\u200b", "\ud800"])
def test_what_holds_nothing_to_find_has_no_key(nothing):
    assert case_numbers.key(nothing) == ""


def test_a_key_is_its_own_key():
    for number in (codes.case_number(), "straße 5", "ﬁ-12", "ΣΟΣ"):
        assert case_numbers.key(case_numbers.key(number)) == case_numbers.key(number)


@pytest.mark.parametrize(
    ("number", "name"),
    [("26/1017", "26-1017"), ("../../x1", "------x1"), ("K7M-2QX-9RA", "K7M-2QX-9RA"), ("a\\b.c", "a-b-c")],
)
def test_as_part_of_a_file_name_it_leads_nowhere(number, name):
    assert case_numbers.file_name(number) == name
