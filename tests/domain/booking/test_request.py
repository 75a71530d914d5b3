"""A request holds a place and sends a link; asking twice is asking once."""

from datetime import timedelta

import pytest

from portal.core.scheduling import Refusal
from portal.domain.booking import queries, service
from portal.domain.booking.errors import AlreadyBooked, Late, NoPlace
from tests.domain.booking.given import (
    CONFIRMATION,
    DAY,
    NINE,
    NOW,
    TEN,
    after,
    ask,
    draft,
    letters,
    opens,
    row,
    states,
)
from tests.support.bookings import answers

pytestmark = pytest.mark.usefixtures("context")


def test_a_request_holds_its_place_for_half_an_hour_and_sends_one_link():
    opens()
    hold = row(ask(email="jan@example.com", language="nl"))
    assert (hold.state, hold.day, hold.start_minute, hold.end_minute) == ("held", DAY, NINE, NINE + 30)
    assert hold.held_until - hold.requested_at == timedelta(minutes=30)
    assert hold.starts_at.isoformat() == "2026-12-01T08:00:00+00:00"
    assert hold.ends_at.isoformat() == "2026-12-01T08:30:00+00:00"
    assert (hold.email, hold.language) == ("jan@example.com", "nl")
    assert hold.answers == answers(NOW, language="nl").document()
    assert letters(CONFIRMATION) == 1


def test_a_held_place_is_full_for_everybody_else():
    opens()
    ask()
    with pytest.raises(NoPlace) as refused:
        ask()
    assert refused.value.refusal == Refusal.SLOT_FULL
    assert states() == ["held"] and letters(CONFIRMATION) == 1


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ({"minute": NINE + 10}, Refusal.BETWEEN_SLOTS),
        ({"minute": 12 * 60}, Refusal.OUTSIDE_HOURS),
        ({"minute": -30}, Refusal.OUTSIDE_HOURS),
        ({"day": NOW.date() + timedelta(days=31)}, Refusal.TOO_FAR),
        ({"day": NOW.date(), "minute": TEN}, Refusal.TOO_SOON),
        ({"day": NOW.date() - timedelta(days=1)}, Refusal.PAST),
    ],
    ids=lambda value: str(value) if isinstance(value, Refusal) else "",
)
def test_a_time_that_is_not_offered_is_refused_with_the_rule_that_says_so(asked, rule):
    opens(notice_minutes=120, horizon_days=30)
    with pytest.raises(NoPlace) as refused:
        ask(**asked)
    assert refused.value.refusal == rule
    assert states() == [] and letters(CONFIRMATION) == 0


def test_the_same_request_twice_is_one_request_and_one_letter():
    opens()
    mine = draft()
    assert ask(draft_id=mine) == ask(draft_id=mine, now=after(1))
    assert states() == ["held"] and letters(CONFIRMATION) == 1


def test_another_time_lets_the_old_hold_go():
    opens()
    mine = draft()
    first = ask(draft_id=mine)
    second = ask(draft_id=mine, minute=TEN)
    assert states() == ["released", "held"]
    ask(minute=NINE)
    with pytest.raises(Late):
        service.confirm(first, 1, NOW)
    service.confirm(second, 1, NOW)
    assert row(second).start_minute == TEN


def test_another_day_lets_the_old_hold_go():
    opens()
    mine = draft()
    ask(draft_id=mine)
    ask(draft_id=mine, day=DAY + timedelta(days=1))
    assert states() == ["released", "held"]


def test_a_hold_does_not_stand_in_the_way_of_its_own_draft():
    opens(place={"day_limit": 1})
    mine = draft()
    ask(draft_id=mine)
    ask(draft_id=mine, minute=TEN)
    ask(draft_id=mine, minute=TEN, damage="Two posts in a car park.")
    assert states() == ["released", "released", "held"]
    with pytest.raises(NoPlace) as refused:
        ask()
    assert refused.value.refusal == Refusal.DAY_FULL


def test_who_cannot_have_another_time_keeps_the_one_they_hold():
    opens()
    ask(minute=TEN)
    mine = draft()
    uid = ask(draft_id=mine)
    with pytest.raises(NoPlace):
        ask(draft_id=mine, minute=TEN)
    service.confirm(uid, 1, NOW)
    assert row(uid).start_minute == NINE


def test_changed_answers_are_a_new_request_whose_link_alone_works():
    opens()
    mine = draft()
    first = ask(draft_id=mine, email="wrong@example.com")
    second = ask(draft_id=mine, email="right@example.com")
    assert states() == ["released", "held"]
    with pytest.raises(Late):
        service.confirm(first, 1, NOW)
    service.confirm(second, 1, NOW)
    assert row(second).email == "right@example.com"


def test_the_same_request_after_its_hold_ran_out_is_a_new_one():
    opens()
    mine = draft()
    assert ask(draft_id=mine) != ask(draft_id=mine, now=after(30))
    assert letters(CONFIRMATION) == 2


def test_a_draft_that_became_a_booking_asks_for_nothing_more():
    opens()
    mine = draft()
    uid = ask(draft_id=mine)
    service.confirm(uid, 1, NOW)
    for minute in (NINE, TEN):
        with pytest.raises(AlreadyBooked) as known:
            ask(draft_id=mine, minute=minute)
        assert known.value.uid == uid
    assert states() == ["booked"]


def test_a_draft_is_asked_about_by_its_booking_or_else_its_latest_request():
    opens()
    mine = draft()
    assert queries.latest_of_draft(mine) is None
    first = ask(draft_id=mine)
    assert queries.latest_of_draft(mine) == first
    second = ask(draft_id=mine, minute=TEN)
    assert queries.latest_of_draft(mine) == second
    service.confirm(second, 1, NOW)
    assert queries.latest_of_draft(mine) == second
