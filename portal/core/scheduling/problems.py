"""What is wrong with hours before they are saved."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import combinations

from .hours import MINUTES_A_DAY, DayException, Window


class Problem(StrEnum):
    """A rule that a window breaks."""

    NO_WEEKDAY = "no_weekday"
    OUTSIDE_DAY = "outside_day"
    ENDS_BEFORE_START = "ends_before_start"
    SLOT_TOO_SHORT = "slot_too_short"
    SLOT_TOO_LONG = "slot_too_long"
    NO_PLACES = "no_places"
    VALIDITY_REVERSED = "validity_reversed"
    OVERLAP = "overlap"


def problems(windows: Sequence[Window]) -> list[tuple[int, Problem]]:
    """(index, rule) of every broken rule of a weekly series; an overlap is the later listed window's."""
    found = [
        (index, Problem.NO_WEEKDAY) for index, window in enumerate(windows) if window.weekday not in range(7)
    ]
    return sorted(found + _problems_on_a_day(windows), key=_place_in_list)


def exception_problems(exception: DayException) -> list[tuple[int, Problem]]:
    """(index, rule) of every broken rule of the windows of one exceptional day."""
    windows = [replace(each, weekday=None, valid_from=None, valid_until=None) for each in exception.windows]
    return sorted(_problems_on_a_day(windows), key=_place_in_list)


def is_sound(window: Window) -> bool:
    """Whether times, slot length and places of a window make sense; only such a window can be laid out."""
    return not _problems_of_times(window)


def _problems_on_a_day(windows: Sequence[Window]) -> list[tuple[int, Problem]]:
    found = [(i, problem) for i, window in enumerate(windows) for problem in _problems_of_times(window)]
    found += [(i, Problem.VALIDITY_REVERSED) for i, window in enumerate(windows) if _is_reversed(window)]
    overlapping = {j for (_, a), (j, b) in combinations(enumerate(windows), 2) if _overlap(a, b)}
    return found + [(index, Problem.OVERLAP) for index in overlapping]


def _problems_of_times(window: Window) -> list[Problem]:
    broken = {
        Problem.OUTSIDE_DAY: window.start < 0 or window.end > MINUTES_A_DAY,
        Problem.ENDS_BEFORE_START: window.end <= window.start,
        Problem.SLOT_TOO_SHORT: window.slot_minutes < 1,
        Problem.SLOT_TOO_LONG: window.slot_minutes > window.end - window.start > 0,
        Problem.NO_PLACES: window.places < 1,
    }
    return [problem for problem, is_broken in broken.items() if is_broken]


def _is_reversed(window: Window) -> bool:
    return bool(window.valid_from and window.valid_until and window.valid_until < window.valid_from)


def _overlap(a: Window, b: Window) -> bool:
    return (
        a.weekday == b.weekday
        and max(a.start, b.start) < min(a.end, b.end)
        and not (a.valid_until and b.valid_from and a.valid_until < b.valid_from)
        and not (b.valid_until and a.valid_from and b.valid_until < a.valid_from)
    )


def _place_in_list(found: tuple[int, Problem]) -> tuple[int, int]:
    index, problem = found
    return index, list(Problem).index(problem)
