"""A06: what a day promises, the very next request gets."""

from random import Random

from portal.core.scheduling import DayOffer, offer, timeslots, why_not

from .given import load_of, offered, slots_of
from .random_cases import Case, random_case

# Every window and every slot length of the random cases is a multiple of five minutes.
MINUTES = range(0, 1440, 5)
CASES = [random_case(Random(seed)) for seed in range(200)]


def shown(case: Case) -> list[DayOffer]:
    return offer(case.schedule, case.load, case.now, case.days[0], case.days[-1])


def bookable_minutes(case: Case, day: DayOffer) -> list[int]:
    return [m for m in MINUTES if why_not(case.schedule, case.load, case.now, day.day, m) is None]


def book_until_full(case: Case, day: DayOffer) -> int:
    slots, days, booked = slots_of(case.load), dict(case.load.days), 0
    while free := offered(case.schedule, load_of(slots, days), case.now, day.day):
        key = (day.day, free[0].start, free[0].end)
        slots[key] = slots.get(key, 0) + 1
        days[day.day] = days.get(day.day, 0) + 1
        booked += 1
    assert not any(slot.free for slot in timeslots(case.schedule, load_of(slots, days), case.now, day.day))
    return booked


def test_a06_a_free_day_has_a_slot_and_a_greyed_day_has_none() -> None:
    for case in CASES:
        for day in shown(case):
            minutes = bookable_minutes(case, day)
            assert len(minutes) == day.slots, case
            assert bool(minutes) == (day.free > 0) == (day.refusal is None), case


def test_a06_a_day_takes_exactly_the_places_it_shows() -> None:
    for case in CASES:
        for day in shown(case):
            assert book_until_full(case, day) == day.free, case


def test_a06_the_random_configurations_show_every_kind_of_day() -> None:
    days = [day for case in CASES for day in shown(case)]
    free = sum(day.refusal is None for day in days)
    assert 250 < free < len(days) - 250
    assert len({day.refusal for day in days}) > 8
