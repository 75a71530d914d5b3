"""Two cases of one car made one: everything moves to the case that is kept; the other's number and links lead there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from portal.core import zones
from portal.core.normalise import case_numbers
from portal.db import db, transaction
from portal.domain.audit.service import Actor
from portal.domain.booking import load, rows, standstill
from portal.domain.booking.models import REQUESTED, Booking, State
from portal.domain.cases import details, service, terms, within
from portal.domain.cases import rows as case_rows
from portal.domain.cases.details import Values
from portal.domain.cases.models import Case, CaseEvent, CaseNote
from portal.domain.cases.rows import Known
from portal.domain.casework.errors import Hindrance, NotMerged
from portal.domain.correspondence.models import WrittenLetter
from portal.domain.drafts.models import Draft
from portal.domain.garage.reach import Reach
from portal.domain.photos.models import Photo

# Whose case, where, and what it is called stays as it is on the case that is kept.
_STAY = {"number", "location", "plate", "plate_country", "language"}
_DAYS = ("vehicle_in", "ready", "planned_end", "finished", "collected")
_MOVED = (Photo, CaseNote, CaseEvent, Booking, Draft, WrittenLetter)


@dataclass(frozen=True)
class Preview:
    """What making `other` a part of `kept` would do, or what hinders it.

    `filled`: fields, as text, that `kept` gets from `other`; `given_up`: those of `other` that nobody knows afterwards.
    """

    kept: Known
    other: Known
    photos: int
    notes: int
    appointments: int
    filled: dict[str, str]
    given_up: dict[str, str]
    hindrance: Hindrance | None


def candidates(reach: Reach, number: str) -> list[Known]:
    """The other cases of the same car, the newest first.

    Raises:
        CaseUnknown: if there is no such case within reach.
    """
    session = db.session()
    known = within.case(session, reach, number)
    numbers = within.of_same_car(session, reach, known)
    # All at once: cars whose plate nobody knew yet may share one.
    found = case_rows.known(session, reach.garage, numbers, locked=False)
    return [found[case_numbers.key(each)] for each in numbers]


def preview(reach: Reach, number: str, other_number: str, now: datetime) -> Preview:
    """What `merge` would do.

    Raises:
        CaseUnknown: if there are no such cases within reach.
    """
    session = db.session()
    kept, other = (within.case(session, reach, each) for each in (number, other_number))
    return Preview(
        kept,
        other,
        photos=_count(session, Photo, other),
        notes=_count(session, CaseNote, other),
        appointments=_count(session, Booking, other, Booking.state.in_((State.BOOKED, State.CANCELLED))),
        filled={name: details.plain(value) for name, value in _filled(kept, other).items()},
        given_up={name: details.plain(value) for name, value in _given_up(kept, other).items()},
        hindrance=_hindrance(session, kept, other, now),
    )


def merge(reach: Reach, number: str, other_number: str, *, by: Actor, now: datetime) -> None:
    """Move everything of the case `other_number` to the case `number`.

    What is known on both stays as the kept case says it, but for damage told twice: the other's words become a note.

    Raises:
        CaseUnknown: if there are no such cases within reach.
        NotMerged: something hinders it; nothing was changed.
    """
    ids = sorted(within.find(reach, each).case.id for each in (number, other_number))
    with transaction(*map(rows.case_lock, ids)) as session:
        standstill.of_cases(session, ids)
        kept, other = (within.open_case(session, reach, each) for each in (number, other_number))
        if (hindrance := _hindrance(session, kept, other, now)) is not None:
            raise NotMerged(hindrance)
        _move(session, kept.case, other.case)
        terms.replace(session, kept.case, kept.customer, kept.vehicle)
        if other.case.damage and kept.case.damage not in ("", other.case.damage):
            session.add(
                CaseNote(
                    case_id=kept.case.id,
                    at=now,
                    who=by.name,
                    member_id=by.member_id,
                    words=other.case.damage,
                )
            )
        service.change(session, reach.garage, kept, _filled(kept, other), now, by)
        told = {"number": other.case.number}
        service.record(kept.case.id, "merged", actor=service.GARAGE, now=now, **told, **service.signed(by))
        other.case.changed_at = now
        service.note(session, kept.case, "merged", by=by, now=now, after=told)
        service.note(session, other.case, "merged", by=by, now=now, after={"into": kept.case.number})


def _move(session: Session, kept: Case, other: Case) -> None:
    for table in _MOVED:
        session.execute(update(table).where(table.case_id == other.id).values(case_id=kept.id))
    session.execute(update(Case).where(Case.merged_into == other.id).values(merged_into=kept.id))
    other.merged_into = kept.id


def _filled(kept: Known, other: Known) -> Values:
    """What the kept case does not say and the other one does."""
    ours, theirs = kept.values, other.values
    filled = {
        name: theirs[name]
        for name, field in details.FIELDS.items()
        if name not in (*_STAY, *_DAYS) and ours[name] == field.empty != theirs[name]
    }
    if not any(ours[day] for day in _DAYS):  # days of two repairs would not make one
        filled |= {day: theirs[day] for day in _DAYS if theirs[day]}
    both = zones.spelled(zones.listed(f"{ours['damage_zones']} {theirs['damage_zones']}"))
    if both != ours["damage_zones"]:
        filled["damage_zones"] = both
    names = {piece.name.casefold() for piece in ours["activities"]}
    new = tuple(piece for piece in theirs["activities"] if piece.name.casefold() not in names)
    if new:
        filled["activities"] = (*ours["activities"], *new)
    return filled


def _given_up(kept: Known, other: Known) -> Values:
    """What both cases say, each in its own way; damage told twice becomes a note."""
    ours, theirs = kept.values, other.values
    told = {*_STAY, *_filled(kept, other), "damage", "damage_zones", "activities"}
    return {
        name: theirs[name]
        for name, field in details.FIELDS.items()
        if name not in told and theirs[name] not in (field.empty, ours[name])
    }


def _hindrance(session: Session, kept: Known, other: Known, now: datetime) -> Hindrance | None:
    same_plate = kept.vehicle.plate_key == other.vehicle.plate_key
    same_vin = bool(kept.vehicle.vin) and kept.vehicle.vin == other.vehicle.vin
    if kept.case.id == other.case.id or not (same_plate or same_vin):
        return Hindrance.ANOTHER_CAR
    coming = session.execute(
        select(Booking.case_id, Booking.flow, Booking.state).where(
            or_(Booking.case_id == kept.case.id, Booking.case_id == other.case.id),
            Booking.ends_at > now,
            load.is_open_at(now),
        )
    ).all()
    if any(row.state in REQUESTED for row in coming):
        return Hindrance.OPEN_REQUEST
    repairs = {row.case_id for row in coming if row.flow == "repair"}
    return Hindrance.TWO_REPAIRS if len(repairs) > 1 else None


def _count(session: Session, table: type[Photo | CaseNote | Booking], known: Known, *more: object) -> int:
    counted = select(func.count()).select_from(table).where(table.case_id == known.case.id, *more)  # type: ignore[arg-type]
    return session.scalar(counted) or 0
