"""A case is found by plate and number together, both as people write them, and in no other way."""

import pytest

from portal.domain.cases import queries
from tests.support import cases
from tests.web.statements import watched


@pytest.fixture
def known(app, repairs, clock):
    return cases.opened(app, repairs, clock.now(), location="aalst", number="26-1017")


def look_up(app, garage, plate, number):
    with app.app_context():
        return queries.look_up(garage.id, plate, number)


@pytest.mark.parametrize("plate", ["1-ABC-234", "1abc234", " 1 abc.234 ", "1-Äbc-234"])
@pytest.mark.parametrize("number", ["26-1017", "261017", " 26 1017", "26\u20131017", "２６-1017"])
def test_both_are_found_under_any_spelling(app, repairs, known, plate, number):
    with app.app_context():
        assert look_up(app, repairs, plate, number) == known.row.uid


@pytest.mark.parametrize(
    ("plate", "number"),
    [
        ("1-ABC-235", "26-1017"),
        ("1-ABC-234", "26-1018"),
        ("1-ABC-235", "26-1018"),
        ("", "26-1017"),
        ("1-ABC-234", ""),
        ("%", "%"),
        ("1-ABC-23_", "26-1017"),
        ("\x00\ud800", "\x00\ud800"),
        ("26-1017", "1-ABC-234"),
    ],
)
def test_anything_else_finds_nothing(app, repairs, known, plate, number):
    assert look_up(app, repairs, plate, number) is None


def test_the_case_of_another_garage_is_not_found(app, group, known):
    assert look_up(app, group, "1-ABC-234", "26-1017") is None


def test_the_car_of_one_case_does_not_open_another(app, repairs, known, clock):
    other = cases.opened(app, repairs, clock.now(), location="aalst", plate="9-XYZ-999")
    assert look_up(app, repairs, "9-XYZ-999", known.number) is None
    assert look_up(app, repairs, "1-ABC-234", other.number) is None


def test_a41_every_kind_of_wrong_asks_the_same(app, repairs, known):
    asked = []
    for plate, number in [("1-ABC-234", "1"), ("9-XYZ-999", "26-1017"), ("9-XYZ-999", "1")]:
        with watched(app) as statements:
            look_up(app, repairs, plate, number)
        asked.append([statement for statement, _ in statements])
    assert asked[0] == asked[1] == asked[2]
    assert len(asked[0]) == 1
