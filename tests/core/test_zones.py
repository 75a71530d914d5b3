"""Zones of a car, in one spelling."""

import pytest

from portal.core import zones


def test_each_zone_is_there_once_and_in_its_order():
    assert zones.listed("roof | bonnet roof") == ("bonnet", "roof")
    assert zones.spelled(zones.listed("roof bonnet")) == "bonnet roof"
    assert zones.listed("") == ()
    assert zones.listed(zones.spelled(zones.ZONES)) == zones.ZONES


def test_what_is_no_zone_is_refused():
    with pytest.raises(ValueError, match="moon"):
        zones.listed("roof moon")
