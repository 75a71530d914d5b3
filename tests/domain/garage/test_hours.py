"""The hours of one day, written as an exception."""

from datetime import date

import pytest

from portal.domain.garage.hours import WorkHours

THURSDAY, FRIDAY, SATURDAY = date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 5)
HOURS = WorkHours.model_validate(
    {
        "slot_minutes": 30,
        "places": 3,
        "hours": [
            {"days": "thu", "open": ["17:00-19:00"], "slot_minutes": 60, "places": 1},
            {"days": "thu,fri", "open": ["09:00-12:00"]},
            {"days": "fri", "open": ["13:00-15:00"], "valid_until": "2026-12-03"},
        ],
        "exceptions": [{"day": "2026-12-05", "open": ["10:00-11:00"], "places": 2}],
    }
)


@pytest.mark.parametrize(
    ("day", "exception"),
    [
        (FRIDAY, ([(540, 720)], 30, 3)),
        # The evening has fewer and longer appointments than the morning: no more is promised than either has.
        (THURSDAY, ([(540, 720), (1020, 1140)], 60, 1)),
        (SATURDAY, ([(600, 660)], None, 2)),
        (date(2026, 12, 6), ([], None, None)),
    ],
)
def test_a_day_as_an_exception_is_what_holds_on_it_and_promises_no_more(day, exception):
    written = HOURS.as_exception(day)
    assert (written.open, written.slot_minutes, written.places) == exception
    assert written.day == day
