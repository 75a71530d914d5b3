"""What a search asks of cases, as conditions."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, func, not_, or_
from sqlalchemy.orm import aliased

from portal.core.stages import Name as Stage
from portal.domain.booking.finding.search import Coming, Sort
from portal.domain.booking.models import Booking, State
from portal.domain.cases.models import Activity, Case


class Shape(NamedTuple):
    """All that makes one statement different from another; what is asked for by value are its parameters.

    `ways`: for each way in which cases may fit, of how many terms it is. `few`: whether those that fit are few.
    `flow` is "own", or "default" with all cases that name no other. `whole`: every column, for an export.
    """

    sort: Sort = Sort.NEWEST
    phase: int = 0
    after: bool = False
    ways: tuple[int, ...] = ()
    few: bool = False
    located: bool = False
    stage: Stage | None = None
    by_activity: bool = False
    flow: str = ""
    appointment: Coming | None = None
    since: bool = False
    until: bool = False
    whole: bool = False


def coming(booking: Any) -> ColumnElement[bool]:
    """Whether an appointment is booked and not over."""
    return and_(booking.state == State.BOOKED, booking.ends_at > bindparam("now"))


def has_coming() -> ColumnElement[bool]:
    """Whether the case has such an appointment."""
    other = aliased(Booking)
    return exists().where(other.case_id == Case.id, coming(other))


def filters(shape: Shape) -> list[ColumnElement[bool]]:
    """The conditions of a search, but for its words and places."""
    conditions: list[ColumnElement[bool]] = []
    if shape.stage:
        conditions.append(_at_stage(shape.stage, shape.by_activity))
    if shape.flow:
        own = Case.damage_flow == bindparam("flow")
        named = Case.damage_flow.in_(bindparam("other_flows", expanding=True))
        conditions.append(own if shape.flow == "own" else or_(Case.damage_flow.is_(None), not_(named)))
    if shape.appointment in (Coming.ANY, Coming.NONE):
        conditions.append(has_coming() if shape.appointment == Coming.ANY else not_(has_coming()))
    elif shape.appointment:
        conditions.append(_on_days())
    if shape.since:
        conditions.append(Case.created_at >= bindparam("since"))
    if shape.until:
        conditions.append(Case.created_at < bindparam("until"))
    return conditions


def _on_days() -> ColumnElement[bool]:
    other = aliased(Booking)
    days = other.day >= bindparam("first"), other.day <= bindparam("last")
    return exists().where(other.case_id == Case.id, other.state == State.BOOKED, *days)


def _at_stage(stage: Stage, by_activity: bool) -> ColumnElement[bool]:
    """Whether this is the last stage reached: later ones imply those before them."""
    today = bindparam("today", type_=Date())
    started = Activity.started_on <= today
    reached: dict[Stage, ColumnElement[bool]] = {
        Stage.VEHICLE_IN: func.coalesce(Case.vehicle_in_on <= today, False),
        Stage.WORK_STARTED: exists().where(Activity.case_id == Case.id, started)
        if by_activity
        else func.coalesce(Case.ready_on <= today, False),
        Stage.FINISHED: func.coalesce(Case.finished_on <= today, False),
        Stage.COLLECTED: func.coalesce(Case.collected_on <= today, False),
    }
    names = list(Stage)
    later = [not_(reached[name]) for name in names[names.index(stage) + 1 :]]
    return and_(*([reached[stage]] if stage in reached else []), *later)
