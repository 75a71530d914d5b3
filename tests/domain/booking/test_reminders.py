"""A reminder goes once, before what is still to come; never for what was cancelled, moved or just made."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking import changes, notices, reminders, service
from portal.domain.booking.models import Booking
from portal.domain.booking.reminders import REMINDER
from portal.domain.mailing.models import Message
from tests.domain.booking.given import DAY, NOW, TEN, ask, document, letters, opens, row, set_up
from tests.support import racers
from tests.support.racers import spread

pytestmark = pytest.mark.usefixtures("context")

LEAD = timedelta(hours=24)
A_MINUTE = timedelta(minutes=1)


def book(now=NOW, **given):
    uid = ask(now=now, **given)
    service.confirm(uid, 1, now)
    return uid


def with_lead(hours):
    garage = document()
    garage["appointments"]["remind_hours"] = hours
    set_up(garage)


def states():
    db.session.rollback()
    return list(
        db.session.scalars(select(Message.state).where(Message.purpose == REMINDER).order_by(Message.id))
    )


def only():
    """The uid of the only booking."""
    db.session.rollback()
    return db.session.scalars(select(Booking.uid)).one()


@pytest.fixture
def starts_at():
    """When the usual booking starts, made nine days before."""
    opens()
    return row(book()).starts_at


def test_it_is_queued_once_and_not_before_it_is_due(starts_at):
    assert reminders.remind(starts_at - LEAD - A_MINUTE) == 0
    assert letters(REMINDER) == 0
    assert [reminders.remind(starts_at - LEAD + n * A_MINUTE) for n in range(3)] == [1, 0, 0]
    assert states() == ["queued"]


def test_it_goes_to_the_customer_in_their_language():
    opens()
    uid = book(email="ann@example.com", language="fr")
    reminders.remind(row(uid).starts_at - LEAD)
    message = db.session.scalars(select(Message).where(Message.purpose == REMINDER)).one()
    assert (message.about, message.recipient, message.language) == (uid, "ann@example.com", "fr")


def test_the_garage_says_how_long_before(starts_at):
    with_lead(48)
    reminders.remind(starts_at - timedelta(hours=48))
    assert states() == ["queued"]


def test_a_garage_that_wants_none_sends_none(starts_at):
    with_lead(0)
    reminders.remind(starts_at - A_MINUTE)
    reminders.remind(starts_at + A_MINUTE)
    assert states() == []


def test_a_booking_made_inside_the_lead_time_is_not_reminded_of():
    opens()
    starts_at = row(ask()).starts_at
    book(minute=TEN, now=starts_at - timedelta(hours=22))  # an hour later than the other one
    for hours in (22, 1, -2):
        reminders.remind(starts_at - timedelta(hours=hours) + A_MINUTE)
    assert states() == []


def test_a_booking_made_just_before_the_lead_time_is():
    opens()
    made_at = row(ask()).starts_at + timedelta(hours=1) - LEAD - A_MINUTE
    book(minute=TEN, now=made_at)
    assert reminders.remind(made_at + A_MINUTE) == 1


def test_a_request_nobody_confirmed_is_not_reminded_of():
    opens()
    starts_at = row(ask()).starts_at
    reminders.remind(starts_at - A_MINUTE)
    assert states() == []


def test_a_cancelled_booking_is_not_reminded_of(starts_at):
    changes.cancel(only(), "", NOW)
    reminders.remind(starts_at - LEAD)
    reminders.remind(starts_at + A_MINUTE)
    assert states() == []


def test_a_moved_booking_is_reminded_of_at_its_new_time_only(starts_at):
    changes.move(only(), DAY + timedelta(days=3), TEN, NOW)
    assert reminders.remind(starts_at - LEAD) == 0
    moved_to = row(only()).starts_at
    assert reminders.remind(moved_to - LEAD) == 1
    assert states() == ["queued"]


def test_a_booking_that_moves_after_its_reminder_is_reminded_of_again(starts_at):
    with_lead(24 * 5)
    reminders.remind(starts_at - timedelta(days=5))
    changes.move(only(), DAY + timedelta(days=10), TEN, starts_at - timedelta(days=4))
    moved_to = row(only()).starts_at
    reminders.remind(moved_to - timedelta(days=5))
    assert states() == ["queued", "queued"]


def test_a_booking_that_moves_into_the_lead_time_is_not_reminded_of():
    opens()
    uid = book(day=DAY + timedelta(days=5))
    now = row(uid).starts_at - timedelta(days=5, hours=2)
    changes.move(uid, DAY, TEN, now)
    reminders.remind(now + A_MINUTE)
    assert states() == [] and row(uid).reminded_at is not None


def test_a27_what_began_while_nobody_worked_is_listed_and_not_sent(starts_at):
    now = starts_at + timedelta(hours=1)
    assert [reminders.remind(now) for _ in range(2)] == [0, 0]
    message = db.session.scalars(select(Message).where(Message.purpose == REMINDER)).one()
    assert (message.state, message.due_at, message.queued_at) == ("skipped", starts_at - LEAD, now)


def test_a27_what_is_late_but_still_to_come_goes_once(starts_at):
    assert reminders.remind(starts_at - timedelta(hours=2)) == 1
    assert states() == ["queued"]


def test_what_is_long_past_is_not_even_listed(starts_at):
    reminders.remind(starts_at + reminders.LOOK_BACK)
    assert states() == []


def test_the_mark_and_the_letter_are_one_thing(starts_at, monkeypatch):
    def full(*_args):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(notices, "tell_customer", full)
        with pytest.raises(OSError):
            reminders.remind(starts_at - LEAD)
    assert row(only()).reminded_at is None and states() == []
    assert reminders.remind(starts_at - LEAD + A_MINUTE) == 1


@pytest.fixture(scope="module")
def track():
    with racers.track() as track:
        yield track


def twenty_due_and_four_workers():
    opens(places=20)
    uids = [book() for _ in range(20)]
    return [{"do": "remind", "now": (row(uids[0]).starts_at - LEAD).isoformat()}] * 4


def test_a27_workers_that_catch_up_at_once_remind_once(settings, track):
    outcomes = track.race(settings, spread(twenty_due_and_four_workers(), processes=4))
    assert {each.end for each in outcomes} == {"done"}
    assert states() == ["queued"] * 20


def test_a27_control_reading_before_marking_reminds_twice(settings, track):
    track.race(settings, spread(twenty_due_and_four_workers(), processes=4), guarded=False)
    assert len(states()) > 20
