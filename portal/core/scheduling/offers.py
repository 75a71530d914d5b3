"""The questions one can ask. `now` is an aware datetime, days and minutes are local to the location."""

from collections.abc import Iterable
from datetime import date, datetime

from .answers import DayOffer, NotOffered, Refusal, Timeslot
from .hours import Schedule
from .judge import Judgement, judge, plan, remembered
from .limits import horizon, limits
from .load import Load


def offer(schedule: Schedule, load: Load, now: datetime, first: date, last: date) -> list[DayOffer]:
    """How full every day from `first` to `last` is, both included, in order."""
    schedule, allowed = remembered(schedule), limits(schedule, now)
    return [judge(schedule, load, allowed, day).offer for day in _days(first, last)]


def capacity(schedule: Schedule, first: date, last: date) -> int:
    """How many places there are from `first` to `last`, both included, when nothing is booked."""
    schedule = remembered(schedule)
    return sum(plan(schedule, day).capacity for day in _days(first, last))


def timeslots(schedule: Schedule, load: Load, now: datetime, day: date) -> list[Timeslot]:
    """All timeslots of a day by start, the refused ones with their reason."""
    judgement = _judgement(schedule, load, now, day)
    return [_timeslot(judgement, index) for index in range(len(judgement.refusals))]


def find(schedule: Schedule, load: Load, now: datetime, day: date, minute: int) -> Timeslot:
    """The offered timeslot that starts at this minute. Raises NotOffered with the rule that says no."""
    judgement = _judgement(schedule, load, now, day)
    refusal = judgement.plan.why_no_start(minute)
    if refusal:
        raise NotOffered(refusal)
    timeslot = _timeslot(judgement, judgement.plan.starts.index(minute))
    if timeslot.refusal:
        raise NotOffered(timeslot.refusal)
    return timeslot


def why_not(schedule: Schedule, load: Load, now: datetime, day: date, minute: int) -> Refusal | None:
    """The rule that refuses a start at any day and minute; None exactly when it is offered."""
    try:
        find(schedule, load, now, day, minute)
    except NotOffered as no:
        return no.refusal
    return None


def next_free_day(schedule: Schedule, load: Load, now: datetime, after: date) -> date | None:
    """The first day later than `after` with something to book; None when the horizon has none."""
    schedule, allowed = remembered(schedule), limits(schedule, now)
    later = (day for day in _days(*horizon(schedule, now)) if day > after)
    return next((day for day in later if judge(schedule, load, allowed, day).offer.slots), None)


def _judgement(schedule: Schedule, load: Load, now: datetime, day: date) -> Judgement:
    return judge(remembered(schedule), load, limits(schedule, now), day)


def _timeslot(judgement: Judgement, index: int) -> Timeslot:
    empty = judgement.plan.timeslots[index]
    taken, free, refusal = judgement.taken[index], judgement.free[index], judgement.refusals[index]
    if (taken, free, refusal) == (empty.taken, empty.free, empty.refusal):
        return empty
    return empty._replace(taken=taken, free=free, refusal=refusal)


def _days(first: date, last: date) -> Iterable[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
