"""Load takes places away from every timeslot it overlaps."""

from hypothesis import given
from hypothesis import strategies as st

from portal.core.scheduling import Load, Refusal, Timeslot, offer, timeslots, why_not

from .given import (
    ELEVEN,
    MONDAY,
    NINE,
    NOON,
    SUNDAY_BEFORE,
    TEN,
    TUESDAY,
    a_schedule,
    every_day,
    load_of,
    slots_of,
)

TWO_PLACES = a_schedule(windows=every_day(places=2))


def monday(load: Load) -> list[Timeslot]:
    return timeslots(TWO_PLACES, load, SUNDAY_BEFORE, MONDAY)


def taken(*booked: tuple[int, int, int]) -> list[int]:
    return [slot.taken for slot in monday(load_of({(MONDAY, start, end): n for start, end, n in booked}))]


def test_a_booking_takes_a_place_of_its_slot() -> None:
    slots = monday(load_of({(MONDAY, NINE, TEN): 1}))
    assert [(slot.taken, slot.free, slot.refusal) for slot in slots] == [
        (1, 1, None),
        (0, 2, None),
        (0, 2, None),
    ]


def test_a_full_slot_says_so_and_the_day_goes_on() -> None:
    load = load_of({(MONDAY, NINE, TEN): 2})
    assert why_not(TWO_PLACES, load, SUNDAY_BEFORE, MONDAY, NINE) is Refusal.SLOT_FULL
    (day,) = offer(TWO_PLACES, load, SUNDAY_BEFORE, MONDAY, MONDAY)
    assert (day.slots, day.free, day.capacity, day.refusal) == (2, 4, 6, None)


def test_more_load_than_places_is_full_and_never_negative() -> None:
    slot = monday(load_of({(MONDAY, NINE, TEN): 5}))[0]
    assert (slot.taken, slot.free, slot.refusal) == (5, 0, Refusal.SLOT_FULL)


def test_a_day_of_full_slots_is_full() -> None:
    load = load_of({(MONDAY, NINE, NOON): 2})
    (day,) = offer(TWO_PLACES, load, SUNDAY_BEFORE, MONDAY, MONDAY)
    assert (day.slots, day.free, day.capacity, day.refusal) == (0, 0, 6, Refusal.SLOT_FULL)


def test_a_booking_of_an_older_grid_takes_a_place_of_every_slot_it_overlaps() -> None:
    assert taken((570, 630, 1)) == [1, 1, 0]
    assert taken((NINE, NOON, 1)) == [1, 1, 1]
    assert taken((615, 620, 1)) == [0, 1, 0]


def test_bookings_of_one_slot_add_up() -> None:
    assert taken((NINE, 570, 1), (570, TEN, 1), (550, 610, 1)) == [3, 1, 0]


def test_touching_is_not_overlapping() -> None:
    assert taken((480, NINE, 1), (TEN, ELEVEN, 1), (NOON, 780, 1)) == [0, 1, 0]


def test_load_of_another_day_does_not_count() -> None:
    assert [slot.taken for slot in monday(load_of({(TUESDAY, NINE, TEN): 2}))] == [0, 0, 0]


@given(st.dictionaries(st.tuples(st.integers(0, 1439), st.integers(1, 300)), st.integers(1, 3), max_size=12))
def test_taken_is_the_sum_of_all_overlapping_load(booked: dict[tuple[int, int], int]) -> None:
    load = load_of({(MONDAY, start, start + length): count for (start, length), count in booked.items()})
    for slot in monday(load):
        overlapping = [
            count
            for (_, start, end), count in slots_of(load).items()
            if start < slot.end and slot.start < end
        ]
        assert slot.taken == sum(overlapping)
        assert slot.free == max(0, slot.places - slot.taken)
