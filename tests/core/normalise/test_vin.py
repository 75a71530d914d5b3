"""Vehicle identification numbers: seventeen signs, none of which looks like another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.normalise import vin

VIN = "WVWZZZ1JZXW000001"
SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


@pytest.mark.parametrize(
    "written",
    [VIN, VIN.lower(), f" {VIN}\n", "WVW ZZZ 1J Z XW 000001", "WVW-ZZZ-1JZXW000001", "WVW.ZZZ.1JZXW000001"],
)
def test_a_vin_has_one_spelling(written):
    assert vin.normalise(written) == VIN


@pytest.mark.parametrize(
    "written",
    ["", VIN[:-1], VIN + "2", VIN.replace("1J", "IJ"), VIN.replace("W", "O"), VIN.replace("Z", "Q"), VIN[:-1] + "é",
     VIN[:-1] + "١", VIN[:-1] + "_", "\0" * 17],
)  # fmt: skip
def test_anything_else_is_no_vin(written):
    assert vin.normalise(written) is None


@given(st.text(st.sampled_from(SIGNS), min_size=17, max_size=17))
def test_any_seventeen_allowed_signs_are_taken_whatever_their_check_digit(text):
    assert vin.normalise(text) == text


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_what_comes_back_is_a_vin_in_its_one_spelling(text):
    found = vin.normalise(text)
    assert found is None or (len(found) == 17 and set(found) <= set(SIGNS) and vin.normalise(found) == found)
