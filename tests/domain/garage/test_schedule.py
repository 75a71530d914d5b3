"""What a file says about hours becomes the schedule that decides: series, holidays, exceptions, closures."""

from datetime import UTC, date, datetime

import pytest

from portal.core import scheduling
from portal.core.scheduling import Load, Refusal
from portal.domain.garage.offerings import assessments
from portal.domain.garage.profile import GarageFile
from portal.domain.garage.views import LocationView
from tests.domain.garage.given import PEETERS, changed, read

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TEN = 600

CHRISTMAS, NEW_YEAR = date(2026, 12, 25), date(2027, 1, 1)
EPIPHANY = date(2027, 1, 6)
KINGS_DAY = date(2027, 4, 27)
REUNIFICATION = date(2027, 10, 3)


@pytest.fixture
def place(tmp_path):
    """A location like Leuven, with other lines: `place(country="NL", exceptions="[…]")`."""

    def place(*, country="BE", hours="", **location):
        lines = "\n".join(f"{name} = {value}" for name, value in location.items())
        text = changed(PEETERS, 'country = "BE"', f'country = "{country}"\n{lines}')
        text = changed(text, "016 22 00 00", "+32 16 22 00 00")
        text = changed(text, "horizon_days = 60", f"horizon_days = 400\n{hours}")
        return location_of(read(tmp_path, changed(text, '"mon-fri"', '"mon-sun"')))

    return place


def location_of(file: GarageFile) -> LocationView:
    return LocationView(1, file.locations[0], file)


def why_not(place, day, minute=TEN, now=NOW):
    return scheduling.why_not(assessments(place).schedule(now.year), Load(), now, day, minute)


@pytest.mark.parametrize(
    ("country", "region", "day", "rests"),
    [
        ("BE", None, CHRISTMAS, True),
        ("BE", None, NEW_YEAR, True),
        ("BE", None, date(2027, 7, 21), True),  # national day
        ("BE", None, date(2027, 3, 29), True),  # Easter Monday
        ("BE", None, KINGS_DAY, False),
        ("BE", None, date(2026, 12, 26), False),
        ("NL", None, KINGS_DAY, True),
        ("NL", None, date(2026, 12, 26), True),
        ("NL", None, date(2027, 5, 5), False),  # free every five years only
        ("DE", None, REUNIFICATION, True),
        ("DE", None, EPIPHANY, False),
        ("DE", "BY", EPIPHANY, True),
        ("DE", "NW", EPIPHANY, False),
        ("DE", "BE", date(2027, 3, 8), True),  # Women's Day, in Berlin
        ("DE", "BY", date(2027, 3, 8), False),
    ],
)
def test_a_series_rests_on_the_public_holidays_of_its_country_and_region(place, country, region, day, rests):
    more = {"region": f'"{region}"'} if region else {}
    assert why_not(place(country=country, **more), day) == (Refusal.PUBLIC_HOLIDAY if rests else None)


def test_a_location_may_work_on_public_holidays(place):
    assert why_not(place(public_holidays="false"), CHRISTMAS) is None


def test_holidays_of_the_next_years_are_known_on_the_last_day_of_this_one(place):
    silvester = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
    for day in (NEW_YEAR, date(2027, 12, 25), date(2028, 1, 1)):
        assert why_not(place(), day, now=silvester) == Refusal.PUBLIC_HOLIDAY


def test_a08_a_one_day_exception_opens_a_public_holiday(place):
    opened = place(hours='exceptions = [{ day = 2026-12-25, open = ["10:00-11:00"], places = 3 }]')
    assert why_not(opened, CHRISTMAS) is None
    assert why_not(opened, CHRISTMAS, TEN - 30) == Refusal.OUTSIDE_HOURS
    (first, _) = scheduling.timeslots(assessments(opened).schedule(2026), Load(), NOW, CHRISTMAS)
    assert first.places == 3


def test_an_exception_without_hours_closes_its_day(place):
    closed = place(hours="exceptions = [{ day = 2026-12-01 }]")
    assert why_not(closed, date(2026, 12, 1)) == Refusal.CLOSED_THAT_DAY
    assert why_not(closed, date(2026, 12, 2)) is None


def test_a_closure_beats_everything_from_its_first_to_its_last_day(place):
    away = place(
        closures="[{ first = 2026-12-24, last = 2026-12-27 }]",
        hours='exceptions = [{ day = 2026-12-25, open = ["10:00-11:00"] }]',
    )
    assert [why_not(away, date(2026, 12, day)) for day in range(23, 29)] == [
        None,
        *[Refusal.CLOSED] * 4,
        None,
    ]


def test_timeslots_are_as_long_and_as_many_as_the_hours_or_else_the_location_says(tmp_path):
    hours = """hours = [
        { days = "mon", open = ["09:00-10:00"] },
        { days = "tue", open = ["09:00-10:00"], slot_minutes = 20, places = 4 },
    ]"""
    old = 'hours = [{ days = "mon-fri", open = ["09:00-12:00", "13:00-17:00"] }]'
    schedule = assessments(location_of(read(tmp_path, changed(PEETERS, old, hours)))).schedule(2026)
    found = [scheduling.timeslots(schedule, Load(), NOW, date(2026, 11, day)) for day in (30, 24, 25)]
    shape = [[(slot.start, slot.end, slot.places) for slot in slots] for slots in found]
    assert shape == [[(540, 570, 1), (570, 600, 1)], [(540, 560, 4), (560, 580, 4), (580, 600, 4)], []]


def test_notice_horizon_and_day_limit_are_those_of_the_file(place):
    schedule = assessments(place(day_limit="8")).schedule(2026)
    assert (schedule.notice.total_seconds(), schedule.horizon_days, schedule.day_limit) == (7200, 400, 8)
    assert schedule.zone == "Europe/Brussels"


def test_a_location_that_has_said_nothing_about_assessments_offers_nothing(group):
    hasselt = group.by_slug("hasselt")
    schedule = assessments(hasselt).schedule(2026)
    assert scheduling.next_free_day(schedule, Load(), NOW, NOW.date()) is None


def test_the_schedule_is_built_once_for_a_revision(place):
    leuven = place()
    assert assessments(leuven).schedule(2026) is assessments(leuven).schedule(2026)
    assert assessments(leuven).schedule(2027) is not assessments(leuven).schedule(2026)
