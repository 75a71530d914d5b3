"""A timeslot that has begun is past; one within the notice is too soon."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.core.scheduling import Refusal, horizon, why_not

from .given import MONDAY, NINE, NOBODY, TEN, a_schedule, at, offered, starts

NINE_LOCAL = at("2026-11-23T08:00:00+00:00")
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (NINE_LOCAL - SECOND, None),
        (NINE_LOCAL, None),
        (NINE_LOCAL + timedelta(microseconds=1), Refusal.PAST),
        (NINE_LOCAL + SECOND, Refusal.PAST),
    ],
)
def test_without_notice_a_slot_can_be_booked_until_the_second_it_starts(
    now: datetime, refusal: Refusal | None
) -> None:
    assert why_not(a_schedule(), NOBODY, now, MONDAY, NINE) == refusal


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (NINE_LOCAL - HOUR - SECOND, None),
        (NINE_LOCAL - HOUR, None),
        (NINE_LOCAL - HOUR + SECOND, Refusal.TOO_SOON),
        (NINE_LOCAL, Refusal.TOO_SOON),
        (NINE_LOCAL + SECOND, Refusal.PAST),
    ],
)
def test_notice_ends_to_the_second(now: datetime, refusal: Refusal | None) -> None:
    assert why_not(a_schedule(notice=HOUR), NOBODY, now, MONDAY, NINE) == refusal


def test_notice_is_real_time_across_a_clock_change() -> None:
    """24 hours before 09:00 on the Sunday of the change is 08:00 on the Saturday's clock."""
    schedule = a_schedule(notice=timedelta(hours=24))
    sunday = date(2027, 3, 28)
    saturday_at_eight = datetime(2027, 3, 27, 8, tzinfo=ZoneInfo("Europe/Brussels"))
    assert why_not(schedule, NOBODY, saturday_at_eight, sunday, NINE) is None
    assert why_not(schedule, NOBODY, saturday_at_eight + SECOND, sunday, NINE) is Refusal.TOO_SOON


def test_the_rest_of_today_stays_on_offer() -> None:
    assert starts(a_schedule(), NOBODY, NINE_LOCAL + SECOND, MONDAY) == [TEN, TEN + 60]


def test_notice_counts_from_the_moment_not_from_the_zone_it_is_told_in() -> None:
    told_elsewhere = at("2026-11-23T00:00:00-08:00")
    assert told_elsewhere == NINE_LOCAL
    assert offered(a_schedule(), NOBODY, told_elsewhere, MONDAY) == offered(
        a_schedule(), NOBODY, NINE_LOCAL, MONDAY
    )


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = NINE_LOCAL.replace(tzinfo=None)
    with pytest.raises(ValueError):
        why_not(a_schedule(), NOBODY, naive, MONDAY, NINE)
    with pytest.raises(ValueError):
        horizon(a_schedule(), naive)
