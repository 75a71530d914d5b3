"""The one place that decides what is offered: page, explanation and the check inside the lock ask here."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from .answers import DayOffer, Refusal, Timeslot
from .hours import Schedule
from .layout import DayPlan, lay_out
from .limits import NO_LIMITS, Limits
from .load import Load, Span

AFTER_ALL = datetime.max.replace(tzinfo=UTC)
RULE_NUMBER = {refusal: number for number, refusal in enumerate(Refusal)}


class Judgement(NamedTuple):
    """The answer about one day; the sequences run along `plan.timeslots`."""

    plan: DayPlan
    taken: Sequence[int]
    free: Sequence[int]
    refusals: Sequence[Refusal | None]
    offer: DayOffer


@lru_cache(maxsize=1024)
def remembered(schedule: Schedule) -> Schedule:
    """The first schedule equal to this one, so that its laid-out days are found by identity."""
    return schedule


def judge(schedule: Schedule, load: Load, allowed: Limits, day: date) -> Judgement:
    """Decide about every timeslot of a local day."""
    booked, counted = load.spans.get(day, ()), load.days.get(day, 0)
    settled, opens_at = _settled(schedule, day, booked, counted)
    if allowed.earliest <= opens_at and day <= allowed.last_day:
        return settled
    return _decide(settled.plan, booked, counted, allowed)


@lru_cache(maxsize=8192)
def _settled(
    schedule: Schedule, day: date, booked: tuple[Span, ...], counted: int
) -> tuple[Judgement, datetime]:
    """The judgement of a day under exactly this load, which holds while its first start is not too soon."""
    empty = plan(schedule, day)
    opens_at = min((slot.starts_at for slot in empty.timeslots), default=AFTER_ALL)
    return _decide(empty, booked, counted, NO_LIMITS), opens_at


plan = lru_cache(maxsize=8192)(lay_out)


def _decide(plan: DayPlan, booked: Sequence[Span], counted: int, allowed: Limits) -> Judgement:
    taken = _taken(plan, booked)
    slots = plan.timeslots
    day_left = plan.limit - counted
    work_left = plan.work_limit - sum(count for _, _, count in booked)
    left = min(day_left, work_left)
    full = Refusal.DAY_FULL if day_left <= 0 else Refusal.WORK_DAY_FULL if work_left <= 0 else None
    refusals = [_refusal(slot, count, full, allowed) for slot, count in zip(slots, taken, strict=True)]
    free = [
        0 if refusal else min(slot.places - count, left)
        for slot, count, refusal in zip(slots, taken, refusals, strict=True)
    ]
    return Judgement(plan, taken, free, refusals, _day_offer(plan, free, refusals, left))


def _refusal(slot: Timeslot, taken: int, full: Refusal | None, allowed: Limits) -> Refusal | None:
    """The rules that need the time or the load, in their order; the others are part of the plan."""
    if slot.refusal:
        return slot.refusal
    if slot.starts_at < allowed.now:
        return Refusal.PAST
    if slot.starts_at < allowed.earliest:
        return Refusal.TOO_SOON
    if slot.day > allowed.last_day:
        return Refusal.TOO_FAR
    if full:
        return full
    if taken >= slot.places:
        return Refusal.SLOT_FULL
    return None


def _taken(plan: DayPlan, booked: Sequence[Span]) -> list[int]:
    """Places taken of each timeslot: all load that overlaps it, so a changed grid never oversells."""
    taken = [0] * len(plan.timeslots)
    for start, end, count in booked:
        for index in range(bisect_right(plan.ends, start), bisect_left(plan.starts, end)):
            taken[index] += count
    return taken


def _day_offer(plan: DayPlan, free: Sequence[int], refusals: Sequence[Refusal | None], left: int) -> DayOffer:
    bookable = refusals.count(None)
    if bookable:
        return DayOffer(plan.day, bookable, min(sum(free), left), plan.capacity, None)
    why = plan.refusal or max((refusal for refusal in refusals if refusal), key=RULE_NUMBER.__getitem__)
    return DayOffer(plan.day, 0, 0, plan.capacity, why)
