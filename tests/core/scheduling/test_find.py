"""What the check inside the lock asks for."""

import pytest

from portal.core.scheduling import NotOffered, Refusal, find, timeslots

from .given import MONDAY, NINE, NOBODY, SUNDAY_BEFORE, TEN, a_schedule, every_day, load_of


def test_an_offered_time_is_found_as_the_page_showed_it() -> None:
    schedule = a_schedule(windows=every_day(places=2))
    load = load_of({(MONDAY, NINE, TEN): 1})
    slot = find(schedule, load, SUNDAY_BEFORE, MONDAY, NINE)
    assert slot == timeslots(schedule, load, SUNDAY_BEFORE, MONDAY)[0]
    assert (slot.taken, slot.free) == (1, 1)


@pytest.mark.parametrize(
    ("minute", "refusal"),
    [(0, Refusal.OUTSIDE_HOURS), (545, Refusal.BETWEEN_SLOTS), (NINE, Refusal.SLOT_FULL)],
)
def test_a_refused_time_is_an_error_that_carries_the_rule(minute: int, refusal: Refusal) -> None:
    with pytest.raises(NotOffered) as no:
        find(a_schedule(), load_of({(MONDAY, NINE, TEN): 1}), SUNDAY_BEFORE, MONDAY, minute)
    assert no.value.refusal is refusal


def test_the_load_of_the_one_day_is_enough() -> None:
    assert find(a_schedule(), NOBODY, SUNDAY_BEFORE, MONDAY, TEN).start == TEN
