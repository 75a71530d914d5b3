"""A schedule is a value: equal ones answer alike, however they came to be."""

import pickle
from copy import deepcopy
from dataclasses import FrozenInstanceError, replace
from zoneinfo import ZoneInfoNotFoundError

import pytest

from portal.core.scheduling import why_not

from .given import MONDAY, NINE, NOBODY, SUNDAY_BEFORE, a_schedule, every_day, starts


def test_schedules_of_equal_rules_are_equal() -> None:
    assert a_schedule() == a_schedule()
    assert hash(a_schedule()) == hash(a_schedule())
    assert a_schedule() != a_schedule(day_limit=3)


def test_a_schedule_cannot_be_changed_behind_the_answers() -> None:
    with pytest.raises(FrozenInstanceError):
        a_schedule().day_limit = 3  # type: ignore[misc]


def test_a_changed_copy_answers_for_itself() -> None:
    schedule = a_schedule()
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, MONDAY) == [540, 600, 660]
    assert starts(replace(schedule, windows=every_day(end=660)), NOBODY, SUNDAY_BEFORE, MONDAY) == [540, 600]


@pytest.mark.parametrize("copied", [deepcopy, lambda schedule: pickle.loads(pickle.dumps(schedule))])
def test_a_copy_does_not_carry_the_hash_of_another_process(copied: object) -> None:
    schedule = a_schedule()
    hash(schedule)
    copy = copied(schedule)  # type: ignore[operator]
    assert copy == schedule
    assert "_hash" not in vars(copy)


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        why_not(a_schedule(zone="Europe/Nowhere"), NOBODY, SUNDAY_BEFORE, MONDAY, NINE)
