import pytest

from portal.core.normalise import mileage


@pytest.mark.parametrize("typed", ["45000", "45.000", "45 000", "45,000", "45\u202f000", "45'000"])
def test_any_way_of_writing_it_is_understood(typed):
    assert mileage.normalise(typed) == 45000


@pytest.mark.parametrize("typed", ["many", "-5", "12345678", "45000 km", ""])
def test_anything_else_is_none(typed):
    assert mileage.normalise(typed) is None
