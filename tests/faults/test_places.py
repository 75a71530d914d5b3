"""A01, A02, A03: however many press at once, from however many processes, no place is given away twice.

`PORTAL_TEST_FULL=1` races 10,000 presses for 1,000 places instead of 200 for 20. Each race has a control that
runs without the guards and must go wrong.
"""

import os
from collections import Counter
from datetime import timedelta

import pytest

from tests.domain.booking.given import (
    BOOKED,
    CONFIRMATION,
    DAY,
    NINE,
    NOW,
    TEN,
    after,
    ask,
    booked,
    booked_by_slot,
    cases,
    draft,
    letters,
    opens,
    states,
)
from tests.support import racers
from tests.support.racers import spread

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
PLACES_A_SLOT = 100 if FULL else 2
ASKED_A_SLOT = 10 * PLACES_A_SLOT
SLOTS = [(DAY + timedelta(days=days), minute) for days in (0, 1) for minute in range(NINE, NINE + 150, 30)]

SHORT = 0.004  # so many wait in a row
CROWD = {"processes": 2, "threads": 25}
FINGER = {"processes": 2, "threads": 10}

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(1800 if FULL else 300)]


@pytest.fixture(scope="module")
def track():
    with racers.track() as track:
        yield track


def confirm(uid, now=NOW):
    return {"do": "confirm", "uid": uid, "now": now.isoformat()}


def request(draft_id, *, day=DAY, minute=NINE):
    return {"do": "request", "draft_id": draft_id, "day": str(day), "minute": minute, "now": NOW.isoformat()}


def ends(outcomes):
    return Counter(
        f"{each.end} {each.value}".strip() if each.end == "NoPlace" else each.end for each in outcomes
    )


def fifty_holds_for_one_place():
    opens(places=50)
    holds = [ask() for _ in range(50)]
    opens(places=1)
    return [confirm(uid) for uid in holds]


def test_a01_of_fifty_presses_for_one_place_one_books_and_all_others_hear_that_it_is_taken(settings, track):
    outcomes = track.race(settings, spread(fifty_holds_for_one_place(), **CROWD))
    assert ends(outcomes) == {"done": 1, "NoPlace slot_full": 49}
    assert (booked(), cases(), letters(BOOKED)) == (1, 1, 1)


def test_a01_control_without_the_guards_fifty_presses_book_one_place_twice(settings, track):
    track.race(settings, spread(fifty_holds_for_one_place(), **CROWD), guarded=False)
    assert booked() > 1


def fifty_who_want_one_place():
    opens(places=1)
    return [request(draft()) for _ in range(50)]


def test_a01_of_fifty_requests_for_one_place_one_holds_it(settings, track):
    outcomes = track.race(settings, spread(fifty_who_want_one_place(), **CROWD))
    assert ends(outcomes) == {"done": 1, "NoPlace slot_full": 49}
    assert states() == ["held"] and letters(CONFIRMATION) == 1


def test_a01_control_without_the_guards_one_place_is_held_twice(settings, track):
    track.race(settings, spread(fifty_who_want_one_place(), **CROWD), guarded=False)
    assert states().count("held") > 1


def twenty_presses():
    opens(places=30)
    return [confirm(ask())] * 20


def test_a01_twenty_quick_presses_by_one_person_are_one_booking(settings, track):
    outcomes = track.race(settings, spread(twenty_presses(), **FINGER))
    assert ends(outcomes) == {"done": 20}
    assert (booked(), cases(), letters(BOOKED)) == (1, 1, 1)


def test_a01_control_without_the_guards_twenty_presses_make_more_than_one_case(settings, track):
    track.race(settings, spread(twenty_presses(), **FINGER), guarded=False)
    assert cases() > 1


def one_draft_sent_twenty_times():
    opens(places=30)
    return [request(draft())] * 20


def test_a01_twenty_quick_sends_of_one_draft_are_one_hold_and_one_letter(settings, track):
    outcomes = track.race(settings, spread(one_draft_sent_twenty_times(), **FINGER))
    assert ends(outcomes) == {"done": 20}
    assert len({each.value for each in outcomes}) == 1
    assert states() == ["held"] and letters(CONFIRMATION) == 1


def test_a01_control_without_the_guards_twenty_sends_are_more_than_one_hold(settings, track):
    track.race(settings, spread(one_draft_sent_twenty_times(), **FINGER), guarded=False)
    assert states().count("held") > 1


def test_a02_twenty_tabs_that_send_one_draft_for_twenty_times_hold_one_place(settings, track):
    opens(hours=[{"days": "mon-sun", "open": ["09:00-19:00"]}])
    mine = draft()
    outcomes = track.race(
        settings, spread([request(mine, minute=NINE + 30 * tab) for tab in range(20)], **FINGER)
    )
    assert ends(outcomes) == {"done": 20}
    assert Counter(states()) == {"held": 1, "released": 19}


def one_person_in_many_tabs():
    """One request, and everything one can do about it at once."""
    opens(places=30)
    mine = draft()
    uid = ask(draft_id=mine)
    later = DAY + timedelta(days=1)
    tabs = [
        request(mine, day=later),
        {"do": "send again", "uid": uid, "now": NOW.isoformat()},
        {"do": "start link", "uid": uid, "now": NOW.isoformat()},
        confirm(uid),
        request(mine, minute=TEN),
    ]
    return tabs * 6


def test_a22_one_person_in_many_tabs_gets_one_place_and_clear_answers(settings, track):
    outcomes = track.race(settings, spread(one_person_in_many_tabs(), processes=5, threads=3))
    assert set(ends(outcomes)) <= {"done", "Late", "AlreadyBooked", "TooManyLetters"}
    assert states().count("booked") + states().count("held") == 1
    assert cases() == letters(BOOKED) == booked()


def test_a22_control_without_the_guards_one_person_gets_several_places(settings, track):
    track.race(settings, spread(one_person_in_many_tabs(), processes=5, threads=3), guarded=False)
    assert states().count("booked") + states().count("held") > 1 or cases() > booked()


def many_holds_for_few_places(slots):
    """Ten times as many holds as places, slot after slot; every tenth has run out when it is confirmed."""
    opens(places=ASKED_A_SLOT)
    holds = [ask(day=day, minute=minute) for day, minute in slots for _ in range(ASKED_A_SLOT)]
    opens(places=PLACES_A_SLOT)
    return [confirm(uid, now=NOW if number % 10 else after(30)) for number, uid in enumerate(holds)]


def test_a03_racing_presses_from_eight_processes_book_exactly_the_places_there_are(settings, track):
    calls = many_holds_for_few_places(SLOTS)
    outcomes = track.race(settings, spread(calls, processes=8), dawdle=SHORT)
    places, late = PLACES_A_SLOT * len(SLOTS), len(calls) // 10
    assert ends(outcomes) == {"done": places, "NoPlace slot_full": len(calls) - places - late, "Late": late}
    assert booked_by_slot() == dict.fromkeys(SLOTS, PLACES_A_SLOT)
    assert (booked(), cases(), letters(BOOKED)) == (places, places, places)


def test_a03_control_without_the_guards_some_places_are_booked_twice(settings, track):
    calls = many_holds_for_few_places(SLOTS[:3])
    track.race(settings, spread(calls, processes=8), dawdle=SHORT, guarded=False)
    assert max(booked_by_slot().values()) > PLACES_A_SLOT


def test_a03_whoever_holds_a_place_while_others_ask_for_it_gets_it(settings, track):
    opens(places=3)
    holders = [confirm(ask()), confirm(ask(minute=TEN)), confirm(ask(minute=TEN))]
    crowd = [request(draft(), minute=minute) for minute in (NINE, TEN) * 20]
    outcomes = track.race(settings, spread([*crowd[:20], *holders, *crowd[20:]], processes=8))
    assert ends(outcomes) == {"done": 3 + 3, "NoPlace slot_full": 37}
    assert Counter(states()) == {"booked": 3, "held": 3}
