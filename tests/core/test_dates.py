"""Days and times as people of each language write them."""

from datetime import UTC, date, datetime

import pytest

from portal.core import dates

TUESDAY = date(2026, 12, 1)
SUNDAY = date(2027, 3, 28)


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("nl", "dinsdag 1 december 2026", "zondag 28 maart 2027"),
        ("fr", "mardi 1er décembre 2026", "dimanche 28 mars 2027"),
        ("de", "Dienstag, 1. Dezember 2026", "Sonntag, 28. März 2027"),
        ("en", "Tuesday 1 December 2026", "Sunday 28 March 2027"),
    ],
)
def test_a_long_day_is_written_as_in_its_language(language, first, other):
    assert (dates.long_day(TUESDAY, language), dates.long_day(SUNDAY, language)) == (first, other)


@pytest.mark.parametrize(
    ("language", "weekday", "month", "whole"),
    [
        ("nl", "di", "dec", "december 2026"),
        ("fr", "mar", "déc", "décembre 2026"),
        ("de", "Di", "Dez", "Dezember 2026"),
        ("en", "Tue", "Dec", "December 2026"),
    ],
)
def test_short_words_carry_no_dot(language, weekday, month, whole):
    assert dates.short_weekday(TUESDAY, language) == weekday
    assert dates.short_month(TUESDAY, language) == month
    assert dates.month(TUESDAY, language) == whole


@pytest.mark.parametrize("language", dates.NATIVE_NAMES)
def test_every_day_of_a_year_has_words_in_every_language(language):
    days = [date(2028, month, day) for month in range(1, 13) for day in (1, 2, 15, 28)]
    assert len({dates.long_day(day, language) for day in days}) == len(days)
    assert len({dates.short_month(day, language) for day in days}) == 12
    assert not [word for day in days for word in (dates.short_weekday(day, language),) if word.endswith(".")]


@pytest.mark.parametrize(
    ("minute", "shown"), [(0, "00:00"), (5, "00:05"), (540, "09:00"), (1439, "23:59"), (1440, "00:00")]
)
def test_a_time_of_day_is_written_with_24_hours(minute, shown):
    assert dates.clock_time(minute) == shown


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "Europe/Brussels", "09:00"),
        (datetime(2027, 7, 1, 7, 0, tzinfo=UTC), "Europe/Brussels", "09:00"),
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "America/Los_Angeles", "00:00"),
        (datetime(2026, 12, 1, 8, 0, 59, 999999, tzinfo=UTC), "UTC", "08:00"),
    ],
)
def test_a_moment_is_shown_by_the_clock_on_the_wall_without_rounding_up(moment, zone, shown):
    assert dates.local_clock(moment, zone) == shown


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "01:59"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "03:00"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "02:30"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "02:30"),
    ],
)
def test_a07_a_moment_around_a_clock_change_is_what_the_wall_says(moment, shown):
    assert dates.local_clock(moment, "Europe/Brussels") == shown


def test_a_moment_has_the_day_of_its_place():
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert dates.local_moment(late, "Europe/Brussels", "en") == "Tuesday 1 December 2026, 00:30"
    assert dates.local_moment(late, "UTC", "fr") == "lundi 30 novembre 2026, 23:30"
