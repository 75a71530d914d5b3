"""What is wrong with hours, told before they are saved."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.scheduling import DayException, Problem, Window, exception_problems, problems

from .given import MONDAY, NINE, NOON, TEN, every_day
from .random_cases import PLACES_IN_TIME, a_window

MORNING = Window(0, NINE, NOON, 60, 1)
JUNE_1, JUNE_30, JULY_1 = date(2027, 6, 1), date(2027, 6, 30), date(2027, 7, 1)


def test_sound_hours_have_no_problems() -> None:
    assert problems(every_day()) == []
    assert problems([MORNING, Window(0, NOON, 1440, 60, 1)]) == []
    assert problems([]) == []


@pytest.mark.parametrize(
    ("window", "found"),
    [
        (Window(0, NOON, NINE, 60, 1), [Problem.ENDS_BEFORE_START]),
        (Window(0, NINE, NINE, 60, 1), [Problem.ENDS_BEFORE_START]),
        (Window(0, NINE, NOON, 180, 1), []),
        (Window(0, NINE, NOON, 181, 1), [Problem.SLOT_TOO_LONG]),
        (Window(0, NINE, NOON, 0, 1), [Problem.SLOT_TOO_SHORT]),
        (Window(0, NINE, NOON, 60, 0), [Problem.NO_PLACES]),
        (Window(0, -1, NOON, 60, 1), [Problem.OUTSIDE_DAY]),
        (Window(0, NINE, 1441, 60, 1), [Problem.OUTSIDE_DAY]),
        (Window(7, NINE, NOON, 60, 1), [Problem.NO_WEEKDAY]),
        (Window(None, NINE, NOON, 60, 1), [Problem.NO_WEEKDAY]),
        (Window(0, NINE, NOON, 60, 1, JUNE_30, JUNE_1), [Problem.VALIDITY_REVERSED]),
        (Window(0, NINE, NOON, 60, 1, JUNE_1, JUNE_1), []),
        (Window(0, NOON, NINE, 0, 0), [Problem.ENDS_BEFORE_START, Problem.SLOT_TOO_SHORT, Problem.NO_PLACES]),
    ],
)
def test_a_problem_names_its_rule(window: Window, found: list[Problem]) -> None:
    assert problems([window]) == [(0, problem) for problem in found]


def test_an_overlap_counts_against_the_later_listed_window() -> None:
    assert problems([MORNING, Window(0, 660, 780, 60, 1)]) == [(1, Problem.OVERLAP)]
    assert problems([MORNING, Window(1, 660, 780, 60, 1)]) == []


def test_windows_that_touch_do_not_overlap() -> None:
    assert problems([MORNING, Window(0, NOON, 780, 60, 1)]) == []


def test_one_window_within_another_overlaps() -> None:
    assert problems([MORNING, Window(0, TEN, 660, 60, 1), MORNING]) == [
        (1, Problem.OVERLAP),
        (2, Problem.OVERLAP),
    ]


@pytest.mark.parametrize(
    ("until", "since", "found"),
    [
        (JUNE_30, JULY_1, []),
        (JUNE_30, JUNE_30, [(1, Problem.OVERLAP)]),
        (None, JULY_1, [(1, Problem.OVERLAP)]),
        (JUNE_30, None, [(1, Problem.OVERLAP)]),
    ],
)
def test_windows_overlap_only_while_both_are_valid(
    until: date | None, since: date | None, found: list[tuple[int, Problem]]
) -> None:
    old, new = Window(0, NINE, NOON, 60, 1, None, until), Window(0, NINE, NOON, 60, 1, since, None)
    assert problems([old, new]) == found
    assert problems([new, old]) == found


def test_an_exception_needs_no_weekday() -> None:
    assert exception_problems(DayException(MONDAY, (Window(None, NINE, NOON, 60, 1),))) == []
    assert exception_problems(DayException(MONDAY, ())) == []


def test_windows_of_an_exception_overlap_whatever_their_weekday_and_validity_say() -> None:
    one, other = Window(0, NINE, NOON, 60, 1, None, JUNE_30), Window(3, TEN, NOON, 60, 1, JULY_1, None)
    assert exception_problems(DayException(MONDAY, (one, other))) == [(1, Problem.OVERLAP)]


def test_problems_come_in_the_order_of_the_windows() -> None:
    found = problems([Window(None, NINE, NOON, 60, 0), MORNING, Window(0, TEN, 660, 90, 1)])
    assert found == [
        (0, Problem.NO_WEEKDAY),
        (0, Problem.NO_PLACES),
        (2, Problem.SLOT_TOO_LONG),
        (2, Problem.OVERLAP),
    ]


@given(st.randoms(use_true_random=False))
def test_windows_without_problems_never_meet(random: Random) -> None:
    windows = [a_window(random, (PLACES_IN_TIME[0][1], PLACES_IN_TIME[1][1])) for _ in range(6)]
    sound = [window for index, window in enumerate(windows) if index not in dict(problems(windows))]
    for window in sound:
        assert window.start + window.slot_minutes <= window.end <= 1440 and window.places > 0
        for other in sound:
            apart = window.end <= other.start or other.end <= window.start
            assert (
                window is other or apart or window.weekday != other.weekday or never_together(window, other)
            )


def never_together(a: Window, b: Window) -> bool:
    first = max(a.valid_from or date.min, b.valid_from or date.min)
    return first > min(a.valid_until or date.max, b.valid_until or date.max)
