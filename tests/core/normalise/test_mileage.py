import pytest

from portal.core.normalise import mileage


@pytest.mark.parametrize(
    "typed",
    ["45000", "45.000", "45 000", "45,000", "45\u202f000", "45\u2009000", "45\u00a0000", "45'000", "45’000",
     "45000 km", "45.000 km", "45 000 KM", "45000km", " 45000\u00a0km "],
)  # fmt: skip
def test_any_way_of_writing_it_is_understood(typed):
    assert mileage.normalise(typed) == 45000


@pytest.mark.parametrize(
    ("typed", "kilometres"),
    [
        ("0", 0),
        ("7", 7),
        ("999", 999),
        ("1.234.567", 1234567),
        ("1 234 567 km", 1234567),
        ("9999999", 9999999),
    ],
)
def test_it_may_be_a_new_car_or_a_very_old_one(typed, kilometres):
    assert mileage.normalise(typed) == kilometres


@pytest.mark.parametrize(
    "typed", ["4.5", "4,5", "45.00", "45,0", "45000.5", "0.450", "45.000,5", "1.234,567"]
)
def test_what_may_be_a_fraction_is_none(typed):
    assert mileage.normalise(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["many", "-5", "12345678", "12.345.678", "1.2.3", "45.0000", "4500.000", "45..000", ".450", "45.000.", "45 000 mi",
     "km", "", "4²", "٤٥٠٠٠", "9" * 10_000],
)  # fmt: skip
def test_anything_else_is_none(typed):
    assert mileage.normalise(typed) is None
