"""How much is already given away."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Span: TypeAlias = tuple[int, int, int]  # start minute, end minute, how many places are taken


@dataclass(frozen=True)
class Load:
    """Live holds and bookings. The mappings are not to be changed after the first question.

    `spans`: local day to what is taken on it, on the grid or not; values, by which judgements are remembered.
    `days`: local day to how many places count towards the limit of the day; other kinds of work count too.
    """

    spans: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    days: Mapping[date, int] = field(default_factory=dict)

    @classmethod
    def of(cls, slots: Mapping[tuple[date, int, int], int], days: Mapping[date, int] | None = None) -> "Load":
        """The load of slots: local day, start minute and end minute to how many places are taken."""
        spans: dict[date, list[Span]] = defaultdict(list)
        for (day, start, end), count in slots.items():
            spans[day].append((start, end, count))
        return cls({day: tuple(some) for day, some in spans.items()}, days or {})
