"""The five stages of a repair: what is done, what is now, what comes next; from dates alone.

What is known of a case is often full of gaps and sometimes out of order. The rule that mends it: what happened later
implies what comes before it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

WorkStarts = Literal["ready", "first_activity"]
LOOK_AHEAD_DAYS = 1000  # the longest job is a year of working days


class Name(StrEnum):
    """The stages, in their order."""

    APPOINTMENT = "appointment"
    VEHICLE_IN = "vehicle_in"
    WORK_STARTED = "work_started"
    FINISHED = "finished"
    COLLECTED = "collected"


@dataclass(frozen=True)
class Facts:
    """What is known of a repair; days are local to the workshop, a day to come is a plan.

    `job_days`: working days the job takes; 0 ends the day it begins, None is not known.
    """

    appointment_on: date | None = None
    appointment_minute: int | None = None
    vehicle_in_on: date | None = None
    ready_on: date | None = None
    first_activity_on: date | None = None
    planned_end_on: date | None = None
    finished_on: date | None = None
    collected_on: date | None = None
    job_days: int | None = None


@dataclass(frozen=True)
class Stage:
    """One stage: when it happened, or when it is expected. `minute`: the local time of an appointment."""

    name: Name
    on: date | None
    done: bool
    minute: int | None = None

    @property
    def is_expected(self) -> bool:
        """Whether `on` is a plan."""
        return self.on is not None and not self.done


@dataclass(frozen=True)
class Timeline:
    """The five stages. `now` is the last one reached, an appointment from its booking on; `next` follows it."""

    stages: tuple[Stage, ...]
    now: Name | None
    next: Name | None

    def __getitem__(self, name: Name) -> Stage:
        return next(stage for stage in self.stages if stage.name == name)


def timeline(
    facts: Facts, *, work_starts_when: WorkStarts, is_worked: Callable[[date], bool], today: date
) -> Timeline:
    """The stages as of `today`. `is_worked` tells whether the workshop works on a day."""
    days = {
        Name.APPOINTMENT: facts.appointment_on,
        Name.VEHICLE_IN: facts.vehicle_in_on,
        Name.WORK_STARTED: facts.ready_on if work_starts_when == "ready" else facts.first_activity_on,
        Name.FINISHED: facts.finished_on or facts.planned_end_on,
        Name.COLLECTED: facts.collected_on,
    }
    happened = {
        Name.APPOINTMENT: _before(facts.appointment_on, today),
        Name.VEHICLE_IN: _until(facts.vehicle_in_on, today),
        Name.WORK_STARTED: _until(days[Name.WORK_STARTED], today),
        Name.FINISHED: _until(facts.finished_on, today),  # a planned end that passed finished nothing
        Name.COLLECTED: _until(facts.collected_on, today),
    }
    came = any(happened[name] for name in Name if name != Name.APPOINTMENT)
    is_awaited = came or not happened[Name.APPOINTMENT]  # a car that never came is not worked on
    if days[Name.FINISHED] is None and is_awaited:
        days[Name.FINISHED] = _end_of_job(facts, is_worked)
    stages: list[Stage] = []
    done, latest = False, today
    for name in reversed(Name):
        done, on = done or happened[name], days[name]
        if name == Name.APPOINTMENT:
            stages.append(Stage(name, on, done, facts.appointment_minute if on else None))
        elif not done:
            stages.append(Stage(name, on, done))
        else:  # a day after that of a later stage cannot be right
            on = on if on and on <= latest else None
            latest = on or latest
            stages.append(Stage(name, on, done))
    return _placed(tuple(reversed(stages)))


def end_of_job(start: date, days: int, is_worked: Callable[[date], bool]) -> date | None:
    """The day that lies `days` worked days after `start`; None if the workshop never works."""
    for ahead in range(min(LOOK_AHEAD_DAYS, (date.max - start).days) + 1):
        day = start + timedelta(days=ahead)
        if ahead and is_worked(day):
            days -= 1
        if days == 0:
            return day
    return None


def _end_of_job(facts: Facts, is_worked: Callable[[date], bool]) -> date | None:
    begins = [day for day in (facts.appointment_on, facts.vehicle_in_on) if day]
    if facts.job_days is None or not begins:
        return None
    return end_of_job(max(begins), facts.job_days, is_worked)


def _placed(stages: tuple[Stage, ...]) -> Timeline:
    reached = [stage.name for stage in stages if stage.done]
    if not reached and stages[0].on:
        reached = [Name.APPOINTMENT]
    names = list(Name)
    following = names[len(reached) :]
    return Timeline(stages, reached[-1] if reached else None, following[0] if following else None)


def _until(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _before(day: date | None, today: date) -> bool:
    return day is not None and day < today
