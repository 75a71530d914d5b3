"""When a location gives places away, checked: weekly hours, exceptions, capacity."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portal.core import scheduling
from portal.domain.garage.spelling import Days, Slug, Spans


class Strict(BaseModel):
    """Nothing but what the format knows: a misspelt setting is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hours(Strict):
    """Open spans on some weekdays, maybe only between two dates (inclusive)."""

    days: Days
    open: Spans
    slot_minutes: int | None = Field(default=None, ge=5, le=720)
    places: int | None = Field(default=None, ge=1, le=1000)
    valid_from: date | None = None
    valid_until: date | None = None


class DayException(Strict):
    """One day whose hours replace the weekly ones, public holiday or not; no hours: closed that day."""

    day: date
    open: Spans = []
    slot_minutes: int | None = Field(default=None, ge=5, le=720)
    places: int | None = Field(default=None, ge=1, le=1000)


class Closure(Strict):
    """Days on which nothing is offered, whatever else is said (inclusive)."""

    first: date
    last: date

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.last < self.first:
            raise ValueError("the last day lies before the first")
        return self


class WorkHours(Strict):
    """When a location takes cars for one kind of work, and how many at a time."""

    hours: list[Hours] = []
    exceptions: list[DayException] = []
    slot_minutes: int = Field(default=30, ge=5, le=720)
    places: int = Field(default=1, ge=1, le=1000)
    notice_minutes: int = Field(default=120, ge=0, le=60 * 24 * 60)
    horizon_days: int = Field(default=60, ge=1, le=400)

    @model_validator(mode="after")
    def _bookable(self) -> Self:
        names = [f"hours[{index}]" for index, _, _ in self._weekly()]
        _refuse(names, scheduling.problems([window for _, _, window in self._weekly()]))
        for index, exception in enumerate(self.exceptions):
            windows = self.exception_windows(exception)
            broken = scheduling.exception_problems(scheduling.DayException(exception.day, tuple(windows)))
            _refuse([f"exceptions[{index}]"] * len(windows), broken)
        days = [exception.day for exception in self.exceptions]
        if len(days) != len(set(days)):
            raise ValueError("two exceptions for the same day")
        return self

    def _weekly(self) -> list[tuple[int, int, scheduling.Window]]:
        return [
            (
                index,
                weekday,
                scheduling.Window(
                    weekday=weekday,
                    start=start,
                    end=end,
                    slot_minutes=hours.slot_minutes or self.slot_minutes,
                    places=hours.places or self.places,
                    valid_from=hours.valid_from,
                    valid_until=hours.valid_until,
                ),
            )
            for index, hours in enumerate(self.hours)
            for weekday in hours.days
            for start, end in hours.open
        ]

    def windows(self) -> list[scheduling.Window]:
        """The weekly series as the scheduling core reads it."""
        return [window for _, _, window in self._weekly()]

    def as_exception(self, day: date) -> DayException:
        """The hours of one day as an exception that changes nothing: the one there is, or what the week says.

        An exception has one length and one number of places; where the week has several, those that promise least.
        """
        there = next((each for each in self.exceptions if each.day == day), None)
        windows = [each for each in self.windows() if each.weekday == day.weekday() and each.is_valid_on(day)]
        return there or DayException(
            day=day,
            open=sorted((each.start, each.end) for each in windows),
            slot_minutes=max((each.slot_minutes for each in windows), default=None),
            places=min((each.places for each in windows), default=None),
        )

    def exception_windows(self, exception: DayException) -> list[scheduling.Window]:
        """One exception's hours as the scheduling core reads them."""
        return [
            scheduling.Window(
                weekday=None,
                start=start,
                end=end,
                slot_minutes=exception.slot_minutes or self.slot_minutes,
                places=exception.places or self.places,
            )
            for start, end in exception.open
        ]


class AssessmentHours(WorkHours):
    """When a location looks at damage."""


class RepairHours(WorkHours):
    """When a location takes cars in for the repairs of one damage flow, and how many a day."""

    damage_flow: Slug
    day_limit: int | None = Field(default=None, ge=1)


_BROKEN_HOURS = {
    scheduling.Problem.NO_WEEKDAY: "no such day of the week",
    scheduling.Problem.OUTSIDE_DAY: "a day goes from 00:00 to 24:00",
    scheduling.Problem.ENDS_BEFORE_START: "they end before they begin",
    scheduling.Problem.SLOT_TOO_SHORT: "an appointment takes at least a minute",
    scheduling.Problem.SLOT_TOO_LONG: "one appointment is longer than these hours",
    scheduling.Problem.NO_PLACES: "there must be at least one place",
    scheduling.Problem.VALIDITY_REVERSED: "the last day lies before the first",
    scheduling.Problem.OVERLAP: "they overlap other hours of the same day",
}


def _refuse(names: list[str], problems: Sequence[tuple[int, scheduling.Problem]]) -> None:
    if problems:
        raise ValueError(
            "; ".join(sorted({f"{names[index]}: {_BROKEN_HOURS[rule]}" for index, rule in problems}))
        )
