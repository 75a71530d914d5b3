"""How much is already given away."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Load:
    """Live holds and bookings. The mappings are not to be changed after the first question.

    `slots`: (local day, start minute, end minute) to how many places are taken; on the grid or not.
    `days`: local day to how many places count towards the limit of the day; other kinds of work count too.
    """

    slots: Mapping[tuple[date, int, int], int] = field(default_factory=dict)
    days: Mapping[date, int] = field(default_factory=dict)

    @cached_property
    def by_day(self) -> Mapping[date, list[tuple[int, int, int]]]:
        """(start minute, end minute, count) of each day that has any."""
        found: dict[date, list[tuple[int, int, int]]] = defaultdict(list)
        for (day, start, end), count in self.slots.items():
            found[day].append((start, end, count))
        return found
