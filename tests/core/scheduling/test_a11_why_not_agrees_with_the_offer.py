"""A11: the explanation and the offer never disagree, on 10,000 random configurations."""

from collections import Counter
from random import Random

import pytest

from portal.core.scheduling import NotOffered, Refusal, find, offer, timeslots, why_not

from .random_cases import Case, random_case

CONFIGURATIONS = 10_000


def some_minutes(random: Random, starts: list[int]) -> list[int]:
    """On the grid, next to it, and anywhere."""
    near = [start + random.choice([0, 0, -1, 1, 5]) for start in random.sample(starts, min(3, len(starts)))]
    return [*near, random.randrange(1440), random.choice([-1, 0, 1439, 1440, 5000])]


def check_a_day(random: Random, case: Case) -> list[Refusal | None]:
    day = random.choice(case.days)
    asked = (case.schedule, case.load, case.now)
    slots = {slot.start: slot for slot in timeslots(*asked, day)}
    (summary,) = offer(*asked, day, day)
    for start, slot in slots.items():
        assert why_not(*asked, day, start) == slot.refusal
    assert summary.slots == sum(slot.refusal is None for slot in slots.values())
    minutes = some_minutes(random, list(slots))
    answers = [why_not(*asked, day, minute) for minute in minutes]
    for minute, answer in zip(minutes, answers, strict=True):
        if answer is None:
            assert slots[minute].free > 0
            assert summary.refusal is None
            assert find(*asked, day, minute) == slots[minute]
        else:
            assert minute not in slots or slots[minute].refusal == answer
            with pytest.raises(NotOffered) as no:
                find(*asked, day, minute)
            assert no.value.refusal == answer
    return answers


def test_a11_why_not_and_the_offer_agree() -> None:
    random, met = Random(11), Counter[Refusal | None]()
    for _ in range(CONFIGURATIONS):
        met.update(check_a_day(random, random_case(random)))
    assert min(met[answer] for answer in (None, *Refusal)) > 20, "too few of a kind to compare"
