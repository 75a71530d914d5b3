"""Taking rows away together with whatever points at them, so that a table that is added later is not forgotten."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Column, String, Table, delete, select, update
from sqlalchemy.orm import Session

from portal.core import codes
from portal.db import db
from portal.domain.booking.models import REQUESTED, Booking, State

AT_ONCE = 500
# Places that were given away stay counted; these are what a place is. Every other text on a booking is somebody's.
PLACE = frozenset({"uid", "flow", "damage_flow", "state", "language"})


def remove(session: Session, model: Any, ids: Sequence[int], gone: Counter[str]) -> None:
    """Delete rows of `model` and all rows that point at them, counted in `gone`.

    Bookings stay, and point nowhere. So do rows of the same table that are not among `ids`.
    """
    _remove(session, model.__table__, ids, gone)


def make_nobodys(session: Session, bookings: Sequence[Booking], now: Any) -> None:
    """Keep the places of bookings and nothing else; what is still to come gives its place back."""
    for booking in bookings:
        if booking.state in REQUESTED:
            booking.state = State.RELEASED
        elif booking.state == State.BOOKED and booking.ends_at > now:
            booking.state, booking.cancelled_at = State.CANCELLED, now
        for column in Booking.__table__.columns:
            if isinstance(column.type, String | JSON) and column.name not in PLACE:
                setattr(booking, column.name, _empty(column))
        booking.uid = codes.uid()  # links in letters lead nowhere
        booking.case_id = booking.draft_id = None
    session.flush()


def whole(session: Session, model: Any, ids: Sequence[int]) -> list[int]:
    """`ids`, and those of rows of the same table that point at them."""
    table = model.__table__
    every = set(ids)
    for column in _pointing_at(table):
        if column.table is table:
            every |= set(session.scalars(select(table.c.id).where(column.in_(every))))
    return sorted(every)


def names(session: Session, model: Any, ids: Sequence[int]) -> list[str]:
    """The uids of rows and of whatever points at them: what letters are about."""
    table = model.__table__
    found = list(session.scalars(select(table.c.uid).where(table.c.id.in_(ids))))
    for column in _pointing_at(table):
        if "uid" in column.table.c:
            found += session.scalars(select(column.table.c.uid).where(column.in_(ids)))
    return found


def _remove(session: Session, table: Table, ids: Sequence[int], gone: Counter[str]) -> None:
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        for column in _pointing_at(table):
            if column.table is Booking.__table__ or column.table is table:  # see `whole`
                session.execute(update(column.table).where(column.in_(some)).values({column: None}))
            elif "id" in column.table.c:
                theirs = session.scalars(select(column.table.c.id).where(column.in_(some))).all()
                _remove(session, column.table, theirs, gone)
            else:
                session.execute(delete(column.table).where(column.in_(some)))
        removed = session.execute(delete(table).where(table.c.id.in_(some)))
        gone[table.name] += int(removed.rowcount)  # type: ignore[attr-defined]


def _pointing_at(table: Table) -> Iterator[Column]:
    for other in db.metadata.sorted_tables:
        for column in other.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                yield column


def _empty(column: Column) -> Any:
    if column.nullable:
        return None
    return {} if isinstance(column.type, JSON) else ""
