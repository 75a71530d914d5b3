"""A01, A02, A03 for repairs, for both flows at once, and for what is moved and cancelled.

`PORTAL_TEST_FULL=1` races at full size, as `test_places` does. Each race has a control that runs without the guards and
must go wrong.
"""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking.models import Booking
from tests.domain.booking import claes
from tests.domain.booking.given import DAY, NINE, NOW, TEN, booked, booked_by_slot, letters, row, states
from tests.faults.test_places import CROWD, FINGER, FULL, SHORT, confirm, ends
from tests.support import racers
from tests.support.racers import spread

PLACES = 100 if FULL else 5
CARS = 10 * PLACES

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(1800 if FULL else 300)]


@pytest.fixture(scope="module")
def track():
    with racers.track() as track:
        yield track


def at(**call):
    """A call at NOW."""
    return {"now": NOW.isoformat(), **call}


def ask_repair(case_id, *, day=DAY, minute=NINE):
    return at(
        do="request repair", draft_id=claes.draft(case_id), case_id=case_id, day=str(day), minute=minute
    )


def ask_assessment(*, minute=NINE):
    # What a draft is for makes no difference to a request for an assessment.
    draft_id = claes.draft(claes.case())
    return at(do="request", slug=claes.SLUG, draft_id=draft_id, day=str(DAY), minute=minute)


def move(uid, *, day=DAY, minute=NINE):
    return at(do="move", uid=uid, day=str(day), minute=minute)


def cancel(uid):
    return at(do="cancel", uid=uid)


def fifty_repairs_for_one_place():
    claes.opens(classic={"places": 50})
    holds = [claes.ask(claes.case()) for _ in range(50)]
    claes.opens()
    return [confirm(uid) for uid in holds]


def test_a01_of_fifty_presses_for_one_repair_place_one_books(settings, track):
    outcomes = track.race(settings, spread(fifty_repairs_for_one_place(), **CROWD))
    assert ends(outcomes) == {"done": 1, "NoPlace slot_full": 49}
    assert (booked(), letters("booked"), letters("garage_booked")) == (1, 1, 1)


def test_a01_control_without_the_guards_one_repair_place_is_booked_twice(settings, track):
    track.race(settings, spread(fifty_repairs_for_one_place(), **CROWD), guarded=False)
    assert booked() > 1


def one_repair_pressed_twenty_times():
    claes.opens()
    return [confirm(claes.ask(claes.case()))] * 20


def test_a01_twenty_presses_for_one_repair_are_one_booking(settings, track):
    outcomes = track.race(settings, spread(one_repair_pressed_twenty_times(), **FINGER))
    assert ends(outcomes) == {"done": 20}
    assert (booked(), letters("booked")) == (1, 1)


def test_a01_control_without_the_guards_twenty_presses_write_more_than_one_letter(settings, track):
    track.race(settings, spread(one_repair_pressed_twenty_times(), **FINGER), guarded=False)
    assert letters("booked") > 1


def twenty_devices_that_want_one_repair():
    claes.opens()
    case_id = claes.case()
    return [ask_repair(case_id, day=DAY + timedelta(days=device)) for device in range(20)]


def test_a02_of_twenty_devices_that_ask_for_one_repair_the_last_one_holds_a_place(settings, track):
    outcomes = track.race(settings, spread(twenty_devices_that_want_one_repair(), **FINGER))
    assert ends(outcomes) == {"done": 20}
    assert Counter(states()) == {"held": 1, "released": 19}


def test_a02_control_without_the_guards_one_repair_holds_several_places(settings, track):
    track.race(settings, spread(twenty_devices_that_want_one_repair(), **FINGER), guarded=False)
    assert states().count("held") > 1


def twenty_holds_for_one_repair():
    """As no way through the pages makes them: each of another day, so that only the case is common to them."""
    claes.opens()
    holds = [claes.ask(claes.case(), day=DAY + timedelta(days=days)) for days in range(20)]
    for uid in holds[1:]:
        row(uid).case_id = row(holds[0]).case_id
        db.session.commit()
    return [confirm(uid) for uid in holds]


def test_a02_of_twenty_holds_for_one_repair_one_becomes_its_booking(settings, track):
    outcomes = track.race(settings, spread(twenty_holds_for_one_repair(), **FINGER))
    assert ends(outcomes) == {"done": 1, "AlreadyBooked": 19}
    assert (booked(), letters("booked")) == (1, 1)


def test_a02_control_without_the_guards_one_repair_is_booked_several_times(settings, track):
    track.race(settings, spread(twenty_holds_for_one_repair(), **FINGER), guarded=False)
    assert booked() > 1


def both_flows_for_the_last_of_the_day():
    """Every kind of work has room enough; the day has not."""
    room = {"places": CARS}
    hours = {"hours": [{"days": "mon-sun", "open": ["09:00-12:00"]}], "notice_minutes": 0, **room}
    claes.opens(classic=room, spot=room, place={"assessment": hours})
    holds = [
        claes.assess(minute=minute)
        if number % 3 == 0
        else claes.ask(claes.case(damage_flow=("classic", "spot")[number % 2]), minute=minute)
        for number in range(CARS)
        for minute in [NINE + 30 * (number % 6)]
    ]
    claes.opens(classic=room, spot=room, place={"assessment": hours, "day_limit": PLACES})
    return [confirm(uid) for uid in holds]


def test_a03_both_flows_together_book_exactly_what_the_day_has(settings, track):
    outcomes = track.race(settings, spread(both_flows_for_the_last_of_the_day(), processes=8), dawdle=SHORT)
    assert ends(outcomes) == {"done": PLACES, "NoPlace day_full": CARS - PLACES}
    assert booked() == PLACES == letters("booked")


def test_a03_control_without_the_guards_the_day_is_overbooked(settings, track):
    calls = both_flows_for_the_last_of_the_day()
    track.race(settings, spread(calls, processes=8), dawdle=SHORT, guarded=False)
    assert booked() > PLACES


def both_flows_ask_for_the_last_of_the_day():
    claes.opens(classic={"places": 50}, place={"day_limit": 5})
    repairs = [ask_repair(claes.case(damage_flow=flow), minute=TEN) for flow in ("classic", "spot") * 10]
    return repairs + [ask_assessment(minute=NINE + 30 * slot) for slot in range(6)]


def test_a01_both_flows_together_hold_exactly_what_the_day_has(settings, track):
    outcomes = track.race(settings, spread(both_flows_ask_for_the_last_of_the_day(), **FINGER))
    assert ends(outcomes)["done"] == 5
    assert set(ends(outcomes)) <= {"done", "NoPlace day_full", "NoPlace slot_full"}
    assert states() == ["held"] * 5


def test_a01_control_without_the_guards_more_is_held_than_the_day_has(settings, track):
    track.race(settings, spread(both_flows_ask_for_the_last_of_the_day(), **FINGER), guarded=False)
    assert states().count("held") > 5


def twenty_who_move_to_one_place():
    claes.opens(classic={"places": 20})
    uids = [claes.book() for _ in range(20)]
    claes.opens()
    return [move(uid, minute=TEN) for uid in uids]


def test_a01_of_twenty_who_move_to_one_place_one_gets_it_and_the_others_keep_theirs(settings, track):
    outcomes = track.race(settings, spread(twenty_who_move_to_one_place(), **FINGER))
    assert ends(outcomes) == {"done": 1, "NoPlace slot_full": 19}
    assert booked_by_minute() == {NINE: 19, TEN: 1} and letters("moved") == 1


def test_a01_control_without_the_guards_several_move_to_one_place(settings, track):
    track.race(settings, spread(twenty_who_move_to_one_place(), **FINGER), guarded=False)
    assert booked_by_minute()[TEN] > 1


def booked_by_minute():
    return {minute: count for (_, minute), count in booked_by_slot().items()}


def one_booking_moved_everywhere():
    claes.opens()
    uid = claes.book()
    return [
        move(uid, day=DAY + timedelta(days=days), minute=minute)
        for days in range(1, 6)
        for minute in range(NINE, NINE + 120, 30)
    ]


def test_a22_one_booking_that_is_moved_twenty_times_at_once_has_one_place_and_as_many_letters_as_moves(
    settings, track
):
    outcomes = track.race(settings, spread(one_booking_moved_everywhere(), **FINGER))
    assert ends(outcomes) == {"done": 20}
    assert booked() == 1 and letters("moved") == letters("garage_moved") == 20
    assert sequence() == 20


def test_a22_control_without_the_guards_calendars_do_not_hear_of_every_move(settings, track):
    outcomes = track.race(settings, spread(one_booking_moved_everywhere(), **FINGER), guarded=False)
    assert sequence() < 20 or ends(outcomes) != {"done": 20}
    assert sequence() < letters("moved")


def sequence():
    db.session.rollback()
    return db.session.scalars(select(Booking.sequence)).one()


def moved_and_cancelled_at_once():
    claes.opens()
    uid = claes.book()
    moves = [move(uid, day=DAY + timedelta(days=days)) for days in range(1, 11)]
    return [call for both in zip(moves, [cancel(uid)] * 10, strict=True) for call in both]


def test_a22_whoever_moves_and_cancels_at_once_has_cancelled_once(settings, track):
    outcomes = track.race(settings, spread(moved_and_cancelled_at_once(), **FINGER))
    assert set(ends(outcomes)) <= {"done", "Cancelled"}
    assert states() == ["cancelled"] and letters("cancelled") == letters("garage_cancelled") == 1
    assert sequence() == letters("moved") + 1


def test_a22_control_without_the_guards_it_is_cancelled_more_than_once(settings, track):
    track.race(settings, spread(moved_and_cancelled_at_once(), **FINGER), guarded=False)
    assert letters("cancelled") > 1 or states() != ["cancelled"]
