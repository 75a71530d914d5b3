"""Cases with everything a garage knows about them, read from and written to their rows, many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from portal.core import codes
from portal.core.normalise import case_numbers, plates
from portal.db import ask
from portal.domain.cases import terms
from portal.domain.cases.activities import Piece
from portal.domain.cases.details import FIELDS, Values
from portal.domain.cases.errors import DetailsRefused, Problem, Reason
from portal.domain.cases.models import Activity, Case
from portal.domain.cases.queries import WHOLE
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView, LocationView

_AT_ONCE = 1000  # values in one statement

_TAKEN = select(Case.number_key).where(
    Case.garage_id == bindparam("garage_id"), Case.number_key.in_(bindparam("keys", expanding=True))
)

# Of every confirmation; made once, because putting a statement together costs more than the database does.
_WHOSE = select(Case.id).where(Case.garage_id == bindparam("garage_id"), Case.number_key == bindparam("key"))


@dataclass(frozen=True)
class Known:
    """A case as it is: its rows, where it is, and the values of its fields."""

    case: Case
    customer: Customer
    vehicle: Vehicle
    activities: Sequence[Activity]
    place: LocationView

    @property
    def values(self) -> Values:
        """By field, as `details.read` makes them."""
        rows = {"case": self.case, "customer": self.customer, "vehicle": self.vehicle}
        return {
            name: getattr(rows[field.row], field.column)
            for name, field in FIELDS.items()
            if field.row in rows
        } | {
            "location": self.place.slug,
            "activities": tuple(Piece(activity.name, activity.started_on) for activity in self.activities),
        }


def known(
    session: Session, garage: GarageView, numbers: Iterable[str], *, locked: bool = True
) -> dict[str, Known]:
    """The cases of `garage` with these numbers, by the keys of those; if `locked`, nobody changes them meanwhile."""
    found: dict[str, Known] = {}
    places: dict[int, LocationView] = {}
    for keys in _portions({case_numbers.key(number) for number in numbers}):
        asked = (Case.garage_id == garage.id, Case.number_key.in_(keys))
        if locked:  # first: what waits for a lock reads the rows of other tables as they were before
            session.execute(select(Case.id).where(*asked).order_by(Case.id).with_for_update(key_share=True))
        rows = session.execute(WHOLE.where(*asked)).all()
        activities = _activities(session, [row.Case.id for row in rows])
        for case, customer, vehicle in rows:
            if case.location_id not in places:
                places[case.location_id] = garages.location(garage, case.location_id)
            place = places[case.location_id]
            found[case.number_key] = Known(case, customer, vehicle, activities[case.id], place)
    return found


def taken(session: Session, garage_id: int, keys: Iterable[str]) -> set[str]:
    """Those of `keys` that cases of the garage have."""
    return {
        key
        for portion in _portions(keys)
        for key in session.connection().scalars(_TAKEN, {"garage_id": garage_id, "keys": portion})
    }


def check_number(session: Session, case: Case, values: Values) -> None:
    """A case keeps a number, and one of its own; another spelling of the same one is no other.

    Raises:
        DetailsRefused: if `values` would leave it without one, or give it that of another case.
    """
    number = values.get("number", case.number)
    key = case_numbers.key(number)
    if not number:
        raise DetailsRefused([Problem("number", Reason.MISSING)])
    if key != case.number_key and taken(session, case.garage_id, [key]):
        raise DetailsRefused([Problem("number", Reason.TAKEN, number)])


def free_number(garage_id: int) -> str:
    """A new number of ours."""
    while True:
        number = codes.case_number()
        if ask(_WHOSE, garage_id=garage_id, key=case_numbers.key(number)).first() is None:
            return number


def free_numbers(session: Session, garage_id: int, how_many: int) -> list[str]:
    """New numbers of ours."""
    free: dict[str, str] = {}
    while len(free) < how_many:
        drawn = [codes.case_number() for _ in range(how_many - len(free))]
        by_key = {case_numbers.key(number): number for number in drawn}
        used = taken(session, garage_id, by_key)
        free |= {key: number for key, number in by_key.items() if key not in used}
    return list(free.values())


def columns(garage: GarageView, values: Values) -> Mapping[str, dict]:
    """What the columns of each row become for `values`."""
    rows: dict[str, dict] = {"case": {}, "customer": {}, "vehicle": {}}
    for name, value in values.items():
        if (field := FIELDS[name]).row in rows:
            rows[field.row][field.column] = value
    if "location" in values:
        place = garage.by_slug(values["location"])
        assert place is not None, "the reader of the field knows it"
        rows["case"]["location_id"] = place.id
    if "number" in values:
        rows["case"]["number_key"] = case_numbers.key(values["number"])
    if "plate" in values:
        rows["vehicle"]["plate_key"] = plates.key(values["plate"])
    if "language" in values:
        rows["customer"]["language"] = values["language"]
    return rows


def insert_all(session: Session, garage: GarageView, new: Sequence[Values], now: datetime) -> list[int]:
    """New cases with all their fields; their ids."""
    told = [columns(garage, values) for values in new]
    own = {"garage_id": garage.id}
    since = own | {"created_at": now, "changed_at": now}
    people = insert_many(session, Customer, [own | each["customer"] for each in told])
    cars = insert_many(session, Vehicle, [own | each["vehicle"] for each in told])
    case_ids = insert_many(
        session,
        Case,
        [
            since | {"uid": codes.uid(), "customer_id": person, "vehicle_id": car} | each["case"]
            for person, car, each in zip(people, cars, told, strict=True)
        ],
    )
    terms.add(garage.id, zip(case_ids, map(_terms, new), strict=True))
    insert_many(
        session,
        Activity,
        [
            {"case_id": case_id, "position": position, "name": piece.name, "started_on": piece.started_on}
            for case_id, values in zip(case_ids, new, strict=True)
            for position, piece in enumerate(values["activities"])
        ],
    )
    return case_ids


def insert_many(session: Session, model: Any, many: list[dict[str, Any]]) -> list[int]:
    """New rows by their columns; their ids in this order. Past the unit of work: a file may bring ten thousand."""
    # Into the table, not the model, which would begin a statement wherever a value turns from none to some; and asking
    # for the ids makes PostgreSQL take many rows with one.
    added = insert(model.__table__).returning(model.__table__.c.id, sort_by_parameter_order=True)
    return list(session.scalars(added, many)) if many else []


def write(session: Session, garage: GarageView, case: Known, values: Values) -> None:
    """Change the rows of a case."""
    changed = columns(garage, values)
    for row, name in ((case.case, "case"), (case.customer, "customer"), (case.vehicle, "vehicle")):
        for column, value in changed[name].items():
            setattr(row, column, value)
    if terms.FIELDS & values.keys():
        terms.replace(session, case.case, case.customer, case.vehicle)
    if "activities" in values:
        _write_activities(session, case, values["activities"])


def _terms(values: Values) -> set[str]:
    return terms.of_values(
        number=values["number"],
        plate=values["plate"],
        vin=values["vin"],
        first_name=values["first_name"],
        last_name=values["last_name"],
        email=values["mail"],
        phone=values["phone"],
    )


def _write_activities(session: Session, case: Known, pieces: Sequence[Piece]) -> None:
    """Make the activities of a case these, in this order; one that keeps its name keeps its row."""
    old = {activity.name.casefold(): activity for activity in case.activities}
    for position, piece in enumerate(pieces):
        activity = old.pop(piece.name.casefold(), None)
        if activity is None:
            activity = Activity(case_id=case.case.id)
            session.add(activity)
        activity.position, activity.name, activity.started_on = position, piece.name, piece.started_on
    for activity in old.values():
        session.delete(activity)


def _activities(session: Session, case_ids: Sequence[int]) -> Mapping[int, list[Activity]]:
    found = defaultdict(list)
    ordered = select(Activity).where(Activity.case_id.in_(case_ids)).order_by(Activity.position)
    for activity in session.scalars(ordered):
        found[activity.case_id].append(activity)
    return found


def _portions(values: Iterable[str]) -> Iterator[list[str]]:
    every = list(values)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))
