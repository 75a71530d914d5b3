"""Each morning a location's planner gets the list of the day; what was missed is listed, not sent."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking import changes, daylists, service
from portal.domain.booking.daylists import LIST
from portal.domain.mailing.models import Message
from tests.domain.booking.given import DAY, NOW, TEN, ask, document, opens, row, set_up
from tests.support import racers
from tests.support.racers import spread

pytestmark = pytest.mark.usefixtures("context")

SIX = datetime(2026, 12, 1, 5, tzinfo=UTC)  # in Leuven, on DAY
A_MINUTE = timedelta(minutes=1)


def book(now=NOW, **given):
    uid = ask(now=now, **given)
    service.confirm(uid, 1, now)
    return uid


def written():
    """The lists that were written down: day and state."""
    db.session.rollback()
    rows = db.session.scalars(select(Message).where(Message.purpose == LIST).order_by(Message.id))
    return [(daylists.read(message.about)[1], message.state) for message in rows]


def test_it_is_queued_once_at_six_on_the_clock_of_the_location():
    opens()
    book()
    assert [daylists.announce(SIX + n * A_MINUTE) for n in (-1, 0, 1, 60)] == [0, 1, 0, 0]
    assert written() == [(DAY, "queued")]


def test_it_goes_to_the_planner_of_the_location_in_the_garages_first_language():
    opens(place={"notify": "planning@peeters.example.com"})
    book(language="fr")
    daylists.announce(SIX)
    message = db.session.scalars(select(Message).where(Message.purpose == LIST)).one()
    assert (message.recipient, message.language) == ("planning@peeters.example.com", "nl")


@pytest.mark.parametrize(("day", "hour"), [(date(2027, 3, 28), 4), (date(2027, 10, 31), 5)])
def test_a07_six_is_six_on_the_days_the_clocks_change(day, hour):
    opens(horizon_days=400)
    book(day=day)
    six = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    assert [daylists.announce(six + n * A_MINUTE) for n in (-1, 0)] == [0, 1]


def test_a_location_without_bookings_that_day_gets_none():
    opens()
    ask()  # not confirmed
    book(day=DAY + timedelta(days=1))
    changes.cancel(book(minute=TEN), "", NOW)
    assert daylists.announce(SIX) == 0 and written() == []


def test_a_first_booking_made_later_that_day_makes_no_list():
    opens()
    book(now=SIX + A_MINUTE)
    assert daylists.announce(SIX + 2 * A_MINUTE) == 0 and written() == []


def test_each_location_gets_its_own():
    opens()
    book()
    garage = document()
    garage["locations"].append(garage["locations"][0] | {"slug": "tienen", "name": "Peeters Tienen"})
    set_up(garage)
    assert daylists.announce(SIX) == 1


def test_it_tells_the_bookings_of_the_day_by_time():
    opens(places=2)
    late, early = book(minute=TEN, plate="2-BBB-222"), book(plate="1-AAA-111", first_name="Ann")
    book(day=DAY + timedelta(days=1))
    changes.cancel(book(minute=TEN), "", NOW)
    lines = daylists.lines(row(late).location_id, DAY)
    assert [(line.plate, line.starts_at) for line in lines] == [
        ("1-AAA-111", row(early).starts_at),
        ("2-BBB-222", row(late).starts_at),
    ]
    assert (lines[0].first_name, lines[0].phone, lines[0].flow) == ("Ann", "+32470123456", "assessment")


def test_a27_todays_still_goes_before_the_last_appointment_is_over():
    opens()
    ends_at = row(book()).ends_at
    assert daylists.announce(ends_at - A_MINUTE) == 1
    assert written() == [(DAY, "queued")]


def test_a27_days_that_passed_are_listed_once_and_not_sent():
    opens()
    for days in (0, 2, 3):
        book(day=DAY + timedelta(days=days))
    now = SIX + timedelta(days=3, hours=1)
    assert [daylists.announce(now) for _ in range(2)] == [1, 0]
    states = ["skipped", "skipped", "queued"]
    assert written() == [
        (DAY + timedelta(days=days), state) for days, state in zip((0, 2, 3), states, strict=True)
    ]
    missed = db.session.scalars(select(Message).where(Message.state == "skipped")).first()
    assert missed is not None and (missed.due_at, missed.queued_at) == (SIX, now)


def test_what_is_more_than_a_week_past_is_not_even_listed():
    opens()
    book()
    daylists.announce(SIX + timedelta(days=8))
    assert written() == []


@pytest.fixture(scope="module")
def track():
    with racers.track() as track:
        yield track


def workers_after_two_days(many):
    opens()
    for days in (0, 1):
        book(day=DAY + timedelta(days=days))
    return [{"do": "announce", "now": (SIX + timedelta(days=1)).isoformat()}] * many


def test_a27_workers_that_catch_up_at_once_write_each_list_once(settings, track):
    outcomes = track.race(settings, spread(workers_after_two_days(4), processes=4))
    assert {each.end for each in outcomes} == {"done"}
    assert written() == [(DAY, "skipped"), (DAY + timedelta(days=1), "queued")]


def test_a27_control_without_the_lock_a_list_is_written_twice(settings, track):
    # Of four, each may by chance come when another is through.
    track.race(settings, spread(workers_after_two_days(12), processes=12), guarded=False)
    assert len(written()) > 2
