"""The statements that find cases: one index walked in the order asked for, or the few cases that fit some words.

Without statistics SQLite takes an equal sign for a narrow way in, and would rather sort all cases of a garage than walk
its index; so of each statement only the condition that leads the walk may use one (see `aside`).
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    not_,
    null,
    or_,
    select,
    tuple_,
    union,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from portal.domain.booking.finding.conditions import Shape, coming, filters, has_coming
from portal.domain.booking.finding.search import Sort
from portal.domain.booking.models import Booking
from portal.domain.cases.models import Activity, Case, CaseTerm
from portal.domain.customers.models import Customer, Vehicle


class aside(FunctionElement):  # noqa: N801 - reads as a function
    """A column as a condition only, never as the way in."""

    type = Integer()
    inherit_cache = True


@compiles(aside)
def _plain(element: Any, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


@compiles(aside, "sqlite")
def _plus(element: Any, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(element.clauses, **more)}"


class _Phase(NamedTuple):
    """One part of an order: the table that leads the walk, its key (None: the newest first) and its conditions.

    `kind` is what a key is.
    """

    leads: Any
    key: Any = None
    kind: type = str
    where: tuple[ColumnElement[bool], ...] = ()


def _is_first() -> ColumnElement[bool]:
    """A case with two coming appointments stands in the list once."""
    other = aliased(Booking)
    earlier = tuple_(other.starts_at, other.id) < tuple_(Booking.starts_at, Booking.id)
    return not_(exists().where(other.case_id == Case.id, coming(other), earlier))


_NAMELESS = exists().where(Customer.id == Case.customer_id, Customer.name_key == "")
_EXPECTED_END = (Case.planned_end_on.is_not(None), Case.finished_on.is_(None), Case.collected_on.is_(None))

PHASES: dict[Sort, tuple[_Phase, ...]] = {
    Sort.NEWEST: (_Phase(Case),),
    Sort.APPOINTMENT: (
        _Phase(
            Booking,
            Booking.starts_at,
            datetime,
            (Booking.starts_at > bindparam("a_day_ago"), coming(Booking), _is_first()),
        ),
        _Phase(Case, where=(not_(has_coming()),)),
    ),
    Sort.PLANNED_END: (
        _Phase(Case, Case.planned_end_on, date, _EXPECTED_END),
        _Phase(Case, where=(not_(and_(*_EXPECTED_END)),)),
    ),
    Sort.PLATE: (_Phase(Vehicle, Vehicle.plate_key),),
    Sort.NAME: (
        _Phase(Customer, Customer.name_key, where=(Customer.name_key > "",)),
        _Phase(Case, where=(_NAMELESS,)),
    ),
}

# What every row begins with, then come the day the first piece of work began, and the place of the row in its order.
LINE: dict[str, Any] = {
    "case_id": Case.id,
    "number": Case.number,
    "location_id": Case.location_id,
    "created_at": Case.created_at,
    "damage_flow": Case.damage_flow,
    "vehicle_in_on": Case.vehicle_in_on,
    "ready_on": Case.ready_on,
    "planned_end_on": Case.planned_end_on,
    "finished_on": Case.finished_on,
    "collected_on": Case.collected_on,
    "first_name": Customer.first_name,
    "last_name": Customer.last_name,
    "plate": Vehicle.plate,
    "make": Vehicle.make,
    "model": Vehicle.model,
    "appointment": select(func.min(Booking.starts_at))
    .where(Booking.case_id == Case.id, coming(Booking))
    .scalar_subquery()
    .correlate(Case),
}
_MORE: dict[str, Any] = {
    "vin": Vehicle.vin,
    "plate_country": Vehicle.plate_country,
    "email": Customer.email,
    "phone": Customer.phone,
    "street": Customer.street,
    "postcode": Customer.postcode,
    "city": Customer.city,
    "damage": Case.damage,
}
_FIRST_ACTIVITY = (
    select(func.min(Activity.started_on)).where(Activity.case_id == Case.id).scalar_subquery().correlate(Case)
)


# Made once for each shape, because putting a statement together costs more than the database does.
@lru_cache(maxsize=1024)
def cases(shape: Shape) -> Select:
    """The cases of one phase, in its order, at most `limit` after (`key`, `id`). `key` and `id` name each row's place."""
    phase = PHASES[shape.sort][shape.phase]
    leads, key = phase.leads, phase.key
    placed = select(
        Case.id.label("case_id"), (null() if key is None else key).label("key"), leads.id.label("id")
    ).select_from(leads)
    if leads is not Case:
        placed = placed.join(Case, _link(leads))
    placed = placed.where(*phase.where, *_within(shape, leads), *filters(shape))
    if shape.after:
        placed = placed.where(_beyond(leads, key))
    order = (leads.id.desc(),) if key is None else (key, leads.id)
    # First which, then what: else the databases would put together whole rows to sort them.
    which = placed.order_by(*order).limit(bindparam("limit")).subquery()
    more = _MORE if shape.whole else {}
    return (
        select(
            *(column.label(name) for name, column in LINE.items()),
            (_FIRST_ACTIVITY if shape.by_activity else null()).label("first_activity_on"),
            which.c.key,
            which.c.id,
            *(column.label(name) for name, column in more.items()),
        )
        .select_from(which)
        .join(Case, Case.id == which.c.case_id)
        .join(Customer, Customer.id == Case.customer_id)
        .join(Vehicle, Vehicle.id == Case.vehicle_id)
        .order_by(*((which.c.id.desc(),) if key is None else (which.c.key, which.c.id)))
    )


@lru_cache(maxsize=64)
def how_many(ways: tuple[int, ...]) -> Select:
    """How many cases fit in each of the ways, counted as far as `few`."""
    arms = (_fitting_in(way, of) for way, of in enumerate(ways))
    return select(*(select(func.count()).select_from(arm).scalar_subquery() for arm in arms))


def _link(leads: Any) -> ColumnElement[bool]:
    if leads is Booking:
        return Case.id == Booking.case_id
    return Case.vehicle_id == Vehicle.id if leads is Vehicle else Case.customer_id == Customer.id


def _beyond(leads: Any, key: Any) -> ColumnElement[bool]:
    last = bindparam("id", type_=Integer())
    return (
        leads.id < last
        if key is None
        else tuple_(key, leads.id) > tuple_(bindparam("key", type_=key.type), last)
    )


def _within(shape: Shape, leads: Any) -> list[ColumnElement[bool]]:
    garage_id: BindParameter[int] = bindparam("garage_id")
    conditions = [aside(Case.garage_id) == garage_id, Case.merged_into.is_(None)]
    if shape.located:
        conditions.append(aside(Case.location_id).in_(bindparam("locations", expanding=True)))
    if shape.few:
        conditions.append(Case.id.in_(_fitting(shape.ways)))
        return conditions
    if shape.ways:
        fits = [and_(*(_has_term(way, number) for number in range(of))) for way, of in enumerate(shape.ways)]
        conditions.append(or_(*fits))
    return [leads.garage_id == garage_id, *conditions]


def _fitting(ways: tuple[int, ...]) -> Select | CompoundSelect:
    """The ids of the cases that fit one of the ways."""
    arms = [select(_fitting_in(way, of).c.case_id) for way, of in enumerate(ways)]
    return union(*arms) if len(arms) > 1 else arms[0]


def _fitting_in(way: int, of: int) -> Subquery:
    """The ids of the cases that fit in one way, at most `few`."""
    first = aliased(CaseTerm)
    others = (_has_term(way, number, first.case_id) for number in range(1, of))
    return (
        select(first.case_id)
        .where(first.garage_id == bindparam("garage_id"), _begins(first.term, way, 0), *others)
        .distinct()
        .limit(bindparam("few"))
        .subquery()
    )


def _has_term(way: int, number: int, case_id: Any = Case.id) -> ColumnElement[bool]:
    term = aliased(CaseTerm)
    here = aside(term.garage_id) == bindparam("garage_id")
    return exists().where(term.case_id == case_id, here, _begins(term.term, way, number))


def _begins(term: Any, way: int, number: int) -> ColumnElement[bool]:
    return and_(term >= bindparam(f"from_{way}_{number}"), term < bindparam(f"to_{way}_{number}"))
