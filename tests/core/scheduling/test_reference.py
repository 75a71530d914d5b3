"""The product's quick answers equal those of the slow reference."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.scheduling import Refusal, Timeslot, offer, timeslots, why_not

from . import reference
from .random_cases import random_case

some_random = st.randoms(use_true_random=False)


def told_like_the_reference(slot: Timeslot) -> tuple[object, ...]:
    moments = None if slot.refusal is Refusal.CLOCK_CHANGE else (slot.starts_at, slot.ends_at)
    return slot.start, slot.end, slot.places, slot.taken, slot.free, slot.refusal, moments


@settings(max_examples=300, deadline=None)
@given(some_random)
def test_every_timeslot_is_the_one_of_the_reference(random: Random) -> None:
    case = random_case(random)
    for day in case.days:
        ours = [told_like_the_reference(slot) for slot in timeslots(case.schedule, case.load, case.now, day)]
        assert ours == list(reference.timeslots(case.schedule, case.load, case.now, day))


@settings(max_examples=200, deadline=None)
@given(some_random)
def test_every_day_is_as_full_as_in_the_reference(random: Random) -> None:
    case = random_case(random)
    for ours in offer(case.schedule, case.load, case.now, case.days[0], case.days[-1]):
        theirs = reference.offer(case.schedule, case.load, case.now, ours.day)
        assert (ours.slots, ours.free, ours.capacity, ours.refusal) == theirs


@settings(max_examples=200, deadline=None)
@given(some_random, st.integers(-10, 1500))
def test_any_minute_is_refused_by_the_rule_of_the_reference(random: Random, minute: int) -> None:
    case = random_case(random)
    for day in case.days:
        ours = why_not(case.schedule, case.load, case.now, day, minute)
        assert ours == reference.why_not(case.schedule, case.load, case.now, day, minute)


@settings(max_examples=100, deadline=None)
@given(some_random)
def test_an_answer_does_not_depend_on_what_was_asked_before(random: Random) -> None:
    case = random_case(random)
    first, last = case.days[0], case.days[-1]
    before = offer(case.schedule, case.load, case.now, first, last)
    offer(case.schedule, random_case(random).load, random_case(random).now, first, last)
    assert offer(case.schedule, case.load, case.now, first, last) == before
