"""A08: the weekly series, its validity, public holidays, exceptions and closures."""

from datetime import date, timedelta

from portal.core.scheduling import Closure, DayException, Refusal, Window, offer, timeslots, why_not

from .given import (
    MONDAY,
    NINE,
    NOBODY,
    SUNDAY_BEFORE,
    TEN,
    TUESDAY,
    a_schedule,
    at,
    every_day,
    open_on,
    starts,
)

CHRISTMAS = date(2026, 12, 25)
DAY = timedelta(days=1)


def reason(day: date, **changes: object) -> Refusal | None:
    (answer,) = offer(a_schedule(**changes), NOBODY, SUNDAY_BEFORE, day, day)
    assert why_not(a_schedule(**changes), NOBODY, SUNDAY_BEFORE, day, NINE) == answer.refusal
    return answer.refusal


def test_a08_the_series_rests_on_a_public_holiday() -> None:
    assert reason(CHRISTMAS, holidays=frozenset({CHRISTMAS})) is Refusal.PUBLIC_HOLIDAY
    assert reason(CHRISTMAS + DAY, holidays=frozenset({CHRISTMAS})) is None


def test_a08_an_exception_opens_a_public_holiday() -> None:
    schedule = a_schedule(holidays=frozenset({CHRISTMAS}), exceptions=(open_on(CHRISTMAS, TEN, TEN + 120),))
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, CHRISTMAS) == [TEN, TEN + 60]
    assert why_not(schedule, NOBODY, SUNDAY_BEFORE, CHRISTMAS, NINE) is Refusal.OUTSIDE_HOURS


def test_a08_an_exception_replaces_the_series_on_its_day_only() -> None:
    schedule = a_schedule(exceptions=(open_on(MONDAY, 780, 900),))
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, MONDAY) == [780, 840]
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, TUESDAY) == [540, 600, 660]


def test_a08_an_exception_asks_neither_weekday_nor_validity_of_its_windows() -> None:
    elsewhen = Window(5, NINE, TEN, 60, 1, valid_from=date(2030, 1, 1))
    schedule = a_schedule(exceptions=(DayException(MONDAY, (elsewhen,)),))
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, MONDAY) == [NINE]


def test_a08_an_empty_exception_closes_its_day() -> None:
    closed = (DayException(MONDAY, ()),)
    assert reason(MONDAY, exceptions=closed) is Refusal.CLOSED_THAT_DAY
    assert reason(MONDAY, exceptions=closed, holidays=frozenset({MONDAY})) is Refusal.CLOSED_THAT_DAY
    assert timeslots(a_schedule(exceptions=closed), NOBODY, SUNDAY_BEFORE, MONDAY) == []


def test_a08_the_first_exception_listed_for_a_day_counts() -> None:
    assert reason(MONDAY, exceptions=(DayException(MONDAY, ()), open_on(MONDAY))) is Refusal.CLOSED_THAT_DAY


def test_a08_a_closure_beats_everything_on_its_first_and_last_day() -> None:
    closed = (Closure(MONDAY, TUESDAY),)
    opened = (open_on(MONDAY), open_on(TUESDAY))
    for day in (MONDAY, TUESDAY):
        assert reason(day, closures=closed, exceptions=opened) is Refusal.CLOSED
        assert reason(day, closures=closed, holidays=frozenset({day})) is Refusal.CLOSED
    assert reason(MONDAY - DAY, closures=closed) is Refusal.PAST
    assert reason(TUESDAY + DAY, closures=closed) is None


def test_a08_first_last_and_last_but_one_day_of_a_series_work() -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 10)
    windows = tuple(Window(d, NINE, TEN, 60, 1, valid_from=first, valid_until=last) for d in range(7))
    for day in (first, first + DAY, last - DAY, last):
        assert reason(day, windows=windows) is None
    for day in (first - DAY, last + DAY):
        assert reason(day, windows=windows) is Refusal.OUTSIDE_HOURS


def test_a08_a_series_of_a_single_day_works() -> None:
    windows = (Window(1, NINE, TEN, 60, 1, valid_from=TUESDAY, valid_until=TUESDAY),)
    assert reason(TUESDAY, windows=windows) is None
    assert reason(TUESDAY + 7 * DAY, windows=windows) is Refusal.OUTSIDE_HOURS


def test_a08_a_series_hands_over_to_the_next_overnight() -> None:
    winter = Window(0, NINE, TEN, 60, 1, valid_until=MONDAY)
    spring = Window(0, TEN, TEN + 60, 60, 1, valid_from=MONDAY + DAY)
    schedule = a_schedule(windows=(winter, spring))
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, MONDAY) == [NINE]
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, MONDAY + 7 * DAY) == [TEN]


def test_a08_no_hours_at_all_offer_nothing() -> None:
    assert reason(MONDAY, windows=()) is Refusal.OUTSIDE_HOURS


def test_a08_a_holiday_ends_at_local_midnight() -> None:
    schedule = a_schedule(windows=every_day(0, 60), holidays=frozenset({CHRISTMAS}))
    now = at("2026-12-24T00:00:00+00:00")
    assert starts(schedule, NOBODY, now, CHRISTMAS) == []
    assert starts(schedule, NOBODY, now, CHRISTMAS + DAY) == [0]
